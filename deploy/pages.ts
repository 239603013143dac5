import { createHmac, hkdfSync, randomUUID } from 'node:crypto';
import type { Router } from 'express';
import { createPostgresKeptAnswers } from '../adapters/postgres/kept-answers.ts';
import { createPostgresMeetingPacks } from '../adapters/postgres/meeting-packs.ts';
import { createPostgresSessionStore } from '../adapters/postgres/session-store.ts';
import type { RolesOfGroups } from '../gateway/access/staff/staff-member.ts';
import type { Room } from '../gateway/api/room.ts';
import type { DisclosureDeps } from '../gateway/disclosure/disclose.ts';
import type { Metrics } from '../gateway/operations/metrics.ts';
import type { Say } from '../gateway/operations/messages.ts';
import type { AccessRegister } from '../gateway/ports/access-register.ts';
import type { CaseWorkRegister } from '../gateway/ports/case-register.ts';
import type { IdentityProvider } from '../gateway/ports/identity-provider.ts';
import type { FollowBreakGlass } from '../gateway/review/break-glass/follow.ts';
import type { KnownStaff } from '../gateway/review/staff/known-staff.ts';
import { readAssets } from '../gateway/web/layout/assets.ts';
import type { PageDeps } from '../gateway/web/page-deps.ts';
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
  readonly register: AccessRegister;
  readonly disclosure: DisclosureDeps;
  readonly cases: CaseWorkRegister;
  readonly room: Room;
  readonly metrics: Metrics;
  readonly review: PageDeps['review'];
  readonly reviews: PageDeps['reviews'];
  readonly followBreakGlass: FollowBreakGlass;
  readonly staff: KnownStaff;
  readonly say: Say;
  readonly now: () => Date;
}

export interface WiredPages {
  readonly router: Router;
  close(): Promise<void>;
}

/** Short, because of the answers: one lies in the database a minute longer than it is good for, at most. */
const SWEEP_EVERY_MS = 60_000;

/** Wires the pages, or says in a sentence what is missing. */
export function wirePages(options: PagesOptions, ground: PagesGround): Result<WiredPages, string> {
  const assets = readAssets();
  if (!assets.ok) return assets;
  const store = createPostgresSessionStore({ url: ground.databaseUrl });
  const digestKey = derived(ground.masterKey, 'holdfast staff sessions');
  const keptAnswers = createPostgresKeptAnswers({ url: ground.databaseUrl });
  const meetingPacks = createPostgresMeetingPacks({ url: ground.databaseUrl });
  const sweep = (): void => {
    const nowMs = ground.now().getTime();
    void store.sweep(nowMs);
    void keptAnswers.sweep(nowMs);
    void meetingPacks.sweep(nowMs);
  };
  const sweeping = setInterval(sweep, SWEEP_EVERY_MS).unref();
  const { disclosure, cases, room, metrics, review, reviews, followBreakGlass, register } = ground;
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
    log: disclosure.log,
    ...{ disclosure, cases, room, metrics, keptAnswers, meetingPacks, review, reviews, followBreakGlass },
    register: () => register.snapshot(),
    nameOfAgency: (agency) => register.snapshot().agencies.get(agency)?.name ?? agency,
    nameOfStaff: async (agency, staffId) => {
      const found = await ground.staff.nameOf(agency, staffId);
      return found.ok ? found.value : undefined;
    },
    newId: randomUUID,
    say: ground.say,
    now: ground.now,
  });
  return ok({
    router,
    async close() {
      clearInterval(sweeping);
      await Promise.all([store.close(), keptAnswers.close(), meetingPacks.close()]);
    },
  });
}

/** One key a use, so that none can be turned against another. */
const derived = (master: Uint8Array, use: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', master, '', use, 32));
