import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { SessionFault, SessionStore, StoredSession } from '../../ports/session-store.ts';
import { openBox, sealBox } from '../sealed-box.ts';
import { staffMemberSchema, type StaffMember } from './staff-member.ts';

/**
 * Sessions of staff. The browser holds a random secret and nothing else; the server keeps a digest of it and the
 * session sealed under a key made of it. So a stolen table opens no session and names nobody, and a stolen cookie ends
 * with the next rotation, the idle limit or sign-out.
 */

/** Idle: a screen left alone in an office. Whole: one working day. */
export const IDLE_MS_MAX = 30 * 60_000;
export const WHOLE_MS_MAX = 10 * 3_600_000;
/** A secret is used for so long before it is changed for a fresh one. */
export const ROTATE_AFTER_MS = 15 * 60_000;
/** How long a step-up counts. */
export const STEP_UP_MS_MAX = 10 * 60_000;
/** Noting each use would be a write a page; once a minute is as good for a limit of thirty. */
const TOUCH_AFTER_MS = 60_000;

const contentSchema = z.strictObject({
  staff: staffMemberSchema,
  /** Browser family that it was begun with: a cookie carried off to another machine's browser mostly shows here. */
  browser: z.string().max(64),
  beganAtMs: z.number().int(),
  rotatedAtMs: z.number().int(),
  stepUpAtMs: z.number().int().optional(),
  /** Stays while the cookie's secret changes: a form open in another window still sends, an answer still opens. */
  lasting: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
type SessionContent = z.infer<typeof contentSchema>;

export interface Session {
  /** The row that the cookie opens; changes with the cookie's secret. */
  readonly id: string;
  /** Names the whole session in the log and beside what is kept for it, without being its key. */
  readonly name: string;
  readonly staff: StaffMember;
  /** Unlocks what is kept for this session only, and makes its form tokens. */
  readonly secret: string;
  readonly steppedUp: boolean;
}

export interface SessionDeps {
  readonly store: SessionStore;
  /** Keyed digest, so that the table tells no staff id. */
  readonly digestOfStaff: (agency: string, staffId: string) => string;
  readonly now: () => Date;
}

const idOf = (secret: string): string => createHash('sha256').update(`session ${secret}`, 'utf8').digest('base64url');
const nameOf = (lasting: string): string => createHash('sha256').update(`session name ${lasting}`).digest('base64url');
const browserOf = (agent: string): string => createHash('sha256').update(agent, 'utf8').digest('base64url');
const newSecret = (): string => randomBytes(32).toString('base64url');

function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64url'), '', 'holdfast session', 32));
}

/** Seals text under a session's secret: only whoever has the cookie can open it again. */
export function sealForSession(secret: string, text: string): Uint8Array {
  return sealBox(keyOf(secret), Buffer.from(text, 'utf8'), OF_SESSION);
}

/** Opens what `sealForSession` sealed; undefined where it was changed or is another session's. */
export function openForSession(secret: string, sealed: Uint8Array): string | undefined {
  return openBox(keyOf(secret), sealed, OF_SESSION)?.toString('utf8');
}

/** The key is of one session and use already. */
const OF_SESSION = Buffer.from('holdfast session', 'utf8');

/** The token that every form of a session carries: without the cookie nobody can make it (cross-site request forgery). */
export function formTokenOf(secret: string): string {
  return createHmac('sha256', keyOf(secret)).update('form token').digest('base64url');
}

const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** Begins a session for a person whom the provider has just proven. Gives the secret for the cookie. */
export async function beginSession(
  deps: SessionDeps,
  begun: { readonly staff: StaffMember; readonly agent: string; readonly stepUp: boolean },
): Promise<Result<string, SessionFault>> {
  const nowMs = deps.now().getTime();
  return keep(deps, {
    staff: begun.staff,
    browser: browserOf(begun.agent),
    beganAtMs: nowMs,
    rotatedAtMs: nowMs,
    ...(begun.stepUp ? { stepUpAtMs: nowMs } : {}),
    lasting: newSecret(),
  });
}

async function keep(deps: SessionDeps, content: SessionContent): Promise<Result<string, SessionFault>> {
  const secret = newSecret();
  const stored: StoredSession = {
    id: idOf(secret),
    staff: deps.digestOfStaff(content.staff.agency, content.staff.staffId),
    sealed: sealForSession(secret, JSON.stringify(content)),
    endsAtMs: content.beganAtMs + WHOLE_MS_MAX,
    seenAtMs: deps.now().getTime(),
  };
  const put = await deps.store.put(stored);
  return put.ok ? ok(secret) : put;
}

export type ResumeFault = SessionFault | 'no-session';

/**
 * Resumes the session of a cookie. `renewed` is a fresh secret where the old one has served its time: it replaces the
 * cookie with this answer. An ended, unknown, altered or carried-off session is `no-session`, and nobody can tell which.
 */
export async function resumeSession(
  deps: SessionDeps,
  secret: string,
  agent: string,
): Promise<Result<{ readonly session: Session; readonly renewed?: string }, ResumeFault>> {
  const opened = await openSession(deps, secret, agent);
  if (!opened.ok) return opened;
  const { id, content, seenAtMs } = opened.value;
  const nowMs = deps.now().getTime();
  if (nowMs - content.rotatedAtMs >= ROTATE_AFTER_MS) return rotate(deps, id, content, nowMs);
  if (nowMs - seenAtMs >= TOUCH_AFTER_MS) await deps.store.touch(id, nowMs);
  return ok({ session: sessionOf(secret, content, nowMs) });
}

/**
 * - `other-person`: somebody else confirmed than who is signed in.
 * - `not-asked-again`: the provider repeats what it said at sign-in. Both moments are by its own clock, so however the
 *   clocks stand, an earlier proof cannot be handed in for a new one.
 */
export type StepUpFault = ResumeFault | 'other-person' | 'not-asked-again';

/** Marks a live session as one whose person has just proven herself again. Gives its fresh secret for the cookie. */
export async function stepUpSession(
  deps: SessionDeps,
  secret: string,
  confirmed: { readonly staff: StaffMember; readonly agent: string },
): Promise<Result<{ readonly session: Session; readonly renewed: string }, StepUpFault>> {
  const opened = await openSession(deps, secret, confirmed.agent);
  if (!opened.ok) return opened;
  const { id, content } = opened.value;
  const { staff } = confirmed;
  if (staff.agency !== content.staff.agency || staff.staffId !== content.staff.staffId) return err('other-person');
  if (staff.provenAt <= content.staff.provenAt) return err('not-asked-again');
  const nowMs = deps.now().getTime();
  return rotate(deps, id, { ...content, staff, stepUpAtMs: nowMs }, nowMs);
}

interface OpenedSession {
  readonly id: string;
  readonly content: SessionContent;
  readonly seenAtMs: number;
}

async function openSession(
  deps: SessionDeps,
  secret: string,
  agent: string,
): Promise<Result<OpenedSession, ResumeFault>> {
  if (!SECRET.test(secret)) return err('no-session');
  const id = idOf(secret);
  const found = await deps.store.find(id);
  if (!found.ok) return found;
  const content = found.value === undefined ? undefined : readContent(found.value, secret, deps.now().getTime());
  if (found.value === undefined || content === undefined) return err('no-session');
  if (content.browser === browserOf(agent)) return ok({ id, content, seenAtMs: found.value.seenAtMs });
  await deps.store.remove(id);
  return err('no-session');
}

function readContent(stored: StoredSession, secret: string, nowMs: number): SessionContent | undefined {
  if (nowMs >= stored.endsAtMs || nowMs - stored.seenAtMs >= IDLE_MS_MAX) return undefined;
  const text = openForSession(secret, stored.sealed);
  if (text === undefined) return undefined;
  const content = contentSchema.safeParse(JSON.parse(text));
  return content.success ? content.data : undefined;
}

/**
 * The old secret stays good for the pages that were asked for with it a moment ago; the idle limit ends it. What a
 * step-up adds is in the new row alone, so it is never the old secret's.
 */
async function rotate(
  deps: SessionDeps,
  oldId: string,
  content: SessionContent,
  nowMs: number,
): Promise<Result<{ readonly session: Session; readonly renewed: string }, SessionFault>> {
  const rotated = { ...content, rotatedAtMs: nowMs };
  const renewed = await keep(deps, rotated);
  if (!renewed.ok) return renewed;
  await deps.store.touch(oldId, nowMs - IDLE_MS_MAX + OLD_SECRET_GOOD_MS);
  return ok({ session: sessionOf(renewed.value, rotated, nowMs), renewed: renewed.value });
}

const OLD_SECRET_GOOD_MS = 60_000;

function sessionOf(secret: string, content: SessionContent, nowMs: number): Session {
  const { staff, stepUpAtMs, lasting } = content;
  const steppedUp = stepUpAtMs !== undefined && nowMs - stepUpAtMs < STEP_UP_MS_MAX;
  return { id: idOf(secret), name: nameOf(lasting), staff, secret: lasting, steppedUp };
}

/** Ends this session. */
export const endSession = (deps: SessionDeps, session: Session): Promise<Result<void, SessionFault>> =>
  deps.store.remove(session.id);

/** Ends every session of this person, wherever they are open. */
export const endAllSessions = (deps: SessionDeps, { staff }: Session): Promise<Result<void, SessionFault>> =>
  deps.store.removeAllOf(deps.digestOfStaff(staff.agency, staff.staffId));
