import { randomUUID } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { Express } from 'express';
import { cachedTokenReader, publicKeyOf } from '../gateway/access/access-token.ts';
import { makeAuthorizationServer, TOKEN_LIFETIME_SECONDS } from '../gateway/access/authorization-server.ts';
import { presentedBy } from '../gateway/access/connection.ts';
import { identifyAgency } from '../gateway/access/identify.ts';
import { makeRoom, type RoomLimits } from '../gateway/api/room.ts';
import { makeResponseSigner } from '../gateway/api/sign-response.ts';
import { createApp, type AppDeps } from '../gateway/app.ts';
import { makePseudonyms } from '../gateway/audit/pseudonym.ts';
import { makeSeal } from '../gateway/contacts/seal.ts';
import { ASK_LIMITS, guardSource, type AskLimits } from '../gateway/disclosure/ask.ts';
import { makeRecordMark } from '../gateway/disclosure/record-mark.ts';
import { endRevokedConnections, makeAgencyDoor, makeOperationsDoor } from '../gateway/operations/listeners.ts';
import type { Say } from '../gateway/operations/messages.ts';
import { makePagesDoor } from '../gateway/operations/pages-door.ts';
import { mayFollow } from '../gateway/operations/last-loaded.ts';
import { makeMetrics, type Metrics } from '../gateway/operations/metrics.ts';
import {
  createPolicyHolder,
  policyLoadedEntry,
  type PolicyHolder,
  type ReadBundle,
  type ReadPolicies,
} from '../gateway/operations/policy-holder.ts';
import type { AccessLog } from '../gateway/ports/access-log.ts';
import type { AgencySource } from '../gateway/ports/agency-source.ts';
import { makeFollowBreakGlass, type FollowBreakGlass } from '../gateway/review/break-glass/follow.ts';
import { catchUp, STEPS_EACH_TURN } from '../gateway/review/index/follow.ts';
import { everySoOften } from '../gateway/review/every-so-often.ts';
import { finishAbandoned } from '../gateway/review/states/reviews.ts';
import { makeReasons } from '../gateway/review/reasons/reasons.ts';
import { knownStaff } from '../gateway/review/staff/known-staff.ts';
import { makeStaffNames } from '../gateway/review/staff/staff-names.ts';
import { err, ok, type Result } from '../schemas/result.ts';
import { listen, shut } from './doors.ts';
import { masterKeysOf, retiredSecrets, type GatewayKeys } from './keys-folder.ts';
import { closeStores, openStores, type Stores } from './stores.ts';
import type { TransparencyOptions } from './transparency.ts';
import { wirePages, type PagesGround, type PagesOptions, type WiredPages } from './pages.ts';
import { VERSION } from './version.ts';
import type { Witnessing } from './witnesses.ts';

/** Puts the gateway together and opens its doors. Production, demo, tests and benchmarks all start it here. */

export { VERSION };

const AUDIENCE = 'urn:holdfast:gateway';
/** How often the search index reads on; a search reads on by itself as well. */
const FOLLOW_EVERY_MS = 10_000;

export interface GatewayOptions {
  readonly databaseUrl: string;
  readonly publicUrl: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly operationsHost: string;
  readonly operationsPort: number;
  readonly minTlsVersion: 'TLSv1.2' | 'TLSv1.3';
  readonly keys: GatewayKeys;
  readonly bundle: ReadBundle;
  /** Reads the agreements again when told to; left out, those of the start stay. */
  readonly readPolicies?: ReadPolicies;
  readonly sources: readonly AgencySource[];
  /** The pages for people; left out, there is no door for them. */
  readonly pages?: PagesOptions;
  /** The log's name, where it is not the public address followed by `/log`. */
  readonly logOrigin?: string;
  /** The log's key in a hardware token, in place of the file. */
  readonly logToken?: TransparencyOptions['token'];
  /** The agencies' witnesses; without any, nobody but the operator vouches for the log. */
  readonly witnesses?: Witnessing;
  readonly say: Say;
  /** The wall clock; tests hand another. */
  readonly now?: () => Date;
  readonly askLimits?: AskLimits;
  readonly roomLimits?: RoomLimits;
  readonly processMetrics?: boolean;
}

export interface RunningGateway {
  readonly port: number;
  readonly operationsPort: number;
  /** Where browsers connect; undefined without pages. */
  readonly pagesPort?: number;
  /** Reads the agreements again and takes them if nothing is wrong with them; else keeps those in force and says so. */
  readonly reloadPolicies: PolicyHolder['reload'];
  /** Stops taking questions, lets those under way end, then closes everything. Safe to call twice. */
  stop(): Promise<void>;
}

/** Starts a gateway, or says in a sentence what keeps it from starting. Nothing is left running where it fails. */
export async function startGateway(options: GatewayOptions): Promise<Result<RunningGateway, string>> {
  const stores = await openStores(options);
  const recorded = await recordStart(stores, options);
  if (!recorded.ok) {
    await closeStores(stores, options.sources);
    return recorded;
  }
  const metrics = makeMetrics({ processMetrics: options.processMetrics ?? true });
  metrics.watchWitnesses(() => options.witnesses?.status());
  const policy = holdPolicies(options, stores.log, metrics);
  const deps = appDeps(options, stores, metrics, policy);
  const followBreakGlass = breakGlassOf(deps);
  const pages = openPages(options, stores, { ...deps, followBreakGlass });
  if (!pages.ok) {
    await closeStores(stores, options.sources);
    return pages;
  }
  const following = everySoOften(FOLLOW_EVERY_MS, [
    () => catchUp(deps.review, STEPS_EACH_TURN),
    () => finishAbandoned(deps.reviews),
    () => followBreakGlass(),
  ]);
  const app = createApp({ ...deps, ...(pages.value === undefined ? {} : { pages: pages.value.router }) });
  const agencyDoor = makeAgencyDoor(app, {
    certificatePem: options.keys.tlsCertificatePem,
    keyPem: options.keys.tlsKeyPem,
    clientAuthorityPem: options.keys.clientAuthorityPem,
    minTlsVersion: options.minTlsVersion,
    newId: randomUUID,
  });
  const forgetRevocations = endRevokedConnections(agencyDoor, stores.register);
  const operationsDoor = makeOperationsDoor({
    log: stores.log,
    register: deps.register,
    metrics,
    policyRefused: policy.refused,
    quorumLost: () => options.witnesses?.status()?.lost === true,
  });
  const pagesDoor = options.pages === undefined ? undefined : pagesDoorOf(app, options);
  const close = async (): Promise<void> => {
    forgetRevocations();
    const doors = [agencyDoor, operationsDoor, ...(pagesDoor === undefined ? [] : [pagesDoor])];
    await Promise.all([...doors.map(shut), following.stop(), pages.value?.close()]);
    await closeStores(stores, options.sources);
  };
  const ports = [
    await listen(agencyDoor, options.port, options.host),
    await listen(operationsDoor, options.operationsPort, options.operationsHost),
    pagesDoor === undefined
      ? ok(undefined)
      : await listen(pagesDoor, options.pages?.port ?? 0, options.pages?.host ?? options.host),
  ] as const;
  const [agency, operations, forPeople] = ports;
  if (!agency.ok || !operations.ok || !forPeople.ok) {
    await close();
    return ports.find((each) => !each.ok) ?? err('The gateway could not listen.');
  }
  options.say('info', { message: 'listening', port: agency.value });
  let stopping: Promise<void> | undefined;
  return ok({
    port: agency.value,
    operationsPort: operations.value,
    ...(forPeople.value === undefined ? {} : { pagesPort: forPeople.value }),
    reloadPolicies: policy.reload,
    stop: () => (stopping ??= close()),
  });
}

const breakGlassOf = ({ review, reviews, disclosure }: AppDeps): FollowBreakGlass =>
  makeFollowBreakGlass({ ...review, reviews, wait: disclosure.wait });

function openPages(
  options: GatewayOptions,
  { register, cases, staff }: Stores,
  { disclosure, room, metrics, review, reviews, followBreakGlass }: AppDeps & Pick<PagesGround, 'followBreakGlass'>,
): Result<WiredPages | undefined, string> {
  const { pages, databaseUrl, keys, say } = options;
  if (pages === undefined) return ok(undefined);
  const now = options.now ?? (() => new Date());
  return wirePages(pages, {
    databaseUrl,
    masterKey: keys.masterKey,
    register,
    cases,
    disclosure,
    room,
    metrics,
    ...{ review, reviews, followBreakGlass },
    staff: knownStaff(staff, makeStaffNames(keys.masterKey, retiredSecrets(keys))),
    say,
    now,
  });
}

const pagesDoorOf = (app: Express, { keys, minTlsVersion }: GatewayOptions) =>
  makePagesDoor(app, { certificatePem: keys.tlsCertificatePem, keyPem: keys.tlsKeyPem, minTlsVersion });

/**
 * The log is looked at before anything is added to it, and the first entries say under which rules all that follows was
 * decided. No log, no start (P1).
 */
async function recordStart({ log, transparency }: Stores, options: GatewayOptions): Promise<Result<true, string>> {
  const { bundle, now, say } = options;
  const at = (now?.() ?? new Date()).toISOString();
  const instance = randomUUID();
  const begun = await transparency.begin(log, instance);
  if (!begun.ok) return begun;
  const follows = await mayFollow(log, bundle);
  if (!follows.ok) return follows;
  const common = { v: 1, at, operations: [] } as const;
  const started = await log.append({ kind: 'gateway-started', ...common, operations: [], instance, version: VERSION });
  const loaded = await log.append(policyLoadedEntry(bundle, new Date(at)));
  if (!started.ok || !loaded.ok) {
    return err('The access log cannot be written, so the gateway does not start: check DATABASE_URL and the database.');
  }
  say('info', { message: 'gateway-started', instance, version: VERSION, policyVersion: bundle.version });
  return ok(true);
}

function holdPolicies(options: GatewayOptions, log: AccessLog, metrics: Metrics): PolicyHolder {
  const { bundle: first, say } = options;
  const read = options.readPolicies ?? (() => Promise.resolve(ok(first)));
  return createPolicyHolder({ first, read, log, say, metrics, now: options.now ?? (() => new Date()) });
}

function appDeps(
  options: GatewayOptions,
  { log, transparency, register, cases, reasons: store, index, ...stores }: Stores,
  metrics: Metrics,
  policy: PolicyHolder,
): AppDeps {
  const { keys, say } = options;
  const now = options.now ?? (() => new Date());
  const snapshot = () => register.snapshot();
  const pseudonyms = makePseudonyms(keys.pseudonymKey);
  const reasons = makeReasons({ store, ...masterKeysOf(keys), wordKey: keys.pseudonymKey });
  const staff = knownStaff(stores.staff, makeStaffNames(keys.masterKey, retiredSecrets(keys)));
  const askLimits = options.askLimits ?? ASK_LIMITS;
  const issuer = `${options.publicUrl}/oauth`;
  return {
    version: VERSION,
    say,
    metrics,
    room: makeRoom(options.roomLimits),
    signer: makeResponseSigner(keys.answerKeyPem, keys.answerKeyId),
    answerKeys: [keys.answerPublicKey],
    register: snapshot,
    readToken: cachedTokenReader(tokenRules(keys, issuer)),
    authorization: makeAuthorizationServer({
      issuer,
      audience: AUDIENCE,
      signingKeys: [keys.tokenKey],
      sanUriOf: (clientId) => {
        const client = snapshot().clients.get(clientId);
        return client?.status === 'active' ? client.sanUri : undefined;
      },
      admittedSanUri: (socket: TLSSocket) => {
        const identified = identifyAgency(presentedBy(socket), snapshot(), now());
        return identified.ok ? identified.value.agency.sanUri : undefined;
      },
    }),
    tree: transparency.tree,
    cases,
    review: { log, index, reasons, staffNamed: (contains) => staff.named(contains), now },
    reviews: {
      ...{ log, register: stores.reviews, reasons, now, newId: randomUUID },
      teamOf: (agency, staffId) => staff.teamOf(agency, staffId),
    },
    disclosure: {
      get bundle() {
        return policy.current();
      },
      cases,
      log,
      sources: options.sources.map((source) => guardSource(source, askLimits)),
      askLimits,
      seal: makeSeal(keys.sealKey),
      markOf: makeRecordMark(keys.sealKey),
      pseudonymOf: (kase) => pseudonyms.ofSubject(kase),
      reasons,
      newId: randomUUID,
      say,
      now,
      wait: (ms) => (ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms))),
    },
  };
}

function tokenRules({ tokenKey }: GatewayKeys, issuer: string): Parameters<typeof cachedTokenReader>[0] {
  const { kid, x, y } = tokenKey;
  if (kid === undefined || x === undefined || y === undefined) throw new Error('the token key is no P-256 key');
  return {
    issuer,
    audience: AUDIENCE,
    keys: new Map([[kid, publicKeyOf({ kty: 'EC', crv: 'P-256', x, y })]]),
    lifetimeSecondsMax: TOKEN_LIFETIME_SECONDS,
  };
}
