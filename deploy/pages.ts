import { createHmac, hkdfSync, randomUUID } from 'node:crypto';
import type { Router } from 'express';
import { createPostgresSessionStore } from '../adapters/postgres/session-store.ts';
import type { RolesOfGroups } from '../gateway/access/staff/staff-member.ts';
import type { Say } from '../gateway/operations/messages.ts';
import type { AccessLog } from '../gateway/ports/access-log.ts';
import type { AccessRegister } from '../gateway/ports/access-register.ts';
import type { IdentityProvider } from '../gateway/ports/identity-provider.ts';
import { readAssets } from '../gateway/web/layout/assets.ts';
import { createPages } from '../gateway/web/pages.ts';
import { makeCookieSeal } from '../gateway/web/session/sealed-cookie.ts';
import { ok, type Result } from '../schemas/result.ts';

/** The pages for people, wired: who signs in where, and where sessions are kept. */

export interface PagesOptions {
  readonly host: string;
  readonly port: number;
  readonly identity: IdentityProvider;
  readonly rolesOfGroups: RolesOfGroups;
}

/** What the pages share with the rest of the gateway. */
export interface PagesGround {
  readonly databaseUrl: string;
  readonly masterKey: Uint8Array;
  readonly log: AccessLog;
  readonly register: AccessRegister;
  readonly say: Say;
  readonly now: () => Date;
}

export interface WiredPages {
  readonly router: Router;
  close(): Promise<void>;
}

const SWEEP_EVERY_MS = 600_000;

/** Wires the pages, or says in a sentence what is missing. */
export function wirePages(options: PagesOptions, ground: PagesGround): Result<WiredPages, string> {
  const assets = readAssets();
  if (!assets.ok) return assets;
  const store = createPostgresSessionStore({ url: ground.databaseUrl });
  const digestKey = derived(ground.masterKey, 'holdfast staff sessions');
  const sweeping = setInterval(() => void store.sweep(ground.now().getTime()), SWEEP_EVERY_MS).unref();
  const router = createPages({
    identity: options.identity,
    rolesOfGroups: options.rolesOfGroups,
    sessions: {
      store,
      digestOfStaff: (agency, staffId) =>
        createHmac('sha256', digestKey).update(`${agency} ${staffId}`).digest('base64url'),
      now: ground.now,
    },
    cookieSeal: makeCookieSeal(derived(ground.masterKey, 'holdfast cookies')),
    assets: assets.value,
    log: ground.log,
    nameOfAgency: (agency) => ground.register.snapshot().agencies.get(agency)?.name ?? agency,
    newId: randomUUID,
    say: ground.say,
    now: ground.now,
  });
  return ok({
    router,
    async close() {
      clearInterval(sweeping);
      await store.close();
    },
  });
}

/** One key a use, so that none can be turned against another. */
const derived = (master: Uint8Array, use: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', master, '', use, 32));
