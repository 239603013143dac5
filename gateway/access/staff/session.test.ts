import { beforeEach, describe, expect, it } from '@jest/globals';
import { ok } from '../../../schemas/result.ts';
import type { SessionStore, StoredSession } from '../../ports/session-store.ts';
import {
  beginSession,
  IDLE_MS_MAX,
  resumeSession,
  STEP_UP_MS_MAX,
  stepUpSession,
  WHOLE_MS_MAX,
  type Session,
} from './session.ts';
import type { StaffMember } from './staff-member.ts';

const AGENT = 'her browser';
const hers = (provenAt: string): StaffMember => ({
  ...{ staffId: 'amara.lewis', name: 'Amara Lewis', agency: 'riverton-council', roles: ['dai.daiw'] },
  provenAt,
});
const SIGNED_IN = hers('2026-11-22T09:00:00.000Z');
const CONFIRMED = hers('2026-11-22T09:10:00.000Z');

let nowMs: number;
let rows: Map<string, StoredSession>;
beforeEach(() => {
  nowMs = Date.parse('2026-11-22T09:00:30.000Z');
  rows = new Map();
});
const store: SessionStore = {
  put: (session) => Promise.resolve(ok(void rows.set(session.id, session))),
  find: (id) => Promise.resolve(ok(rows.get(id))),
  touch: (id, seenAtMs) => {
    const row = rows.get(id);
    if (row !== undefined) rows.set(id, { ...row, seenAtMs });
    return Promise.resolve(ok(undefined));
  },
  remove: (id) => Promise.resolve(ok(void rows.delete(id))),
  removeAllOf: () => Promise.resolve(ok(undefined)),
  sweep: () => Promise.resolve(ok(undefined)),
  close: () => Promise.resolve(),
};
const deps = {
  store,
  digestOfStaff: (agency: string, staffId: string) => `${agency} ${staffId}`,
  now: () => new Date(nowMs),
};

async function begun(): Promise<string> {
  const session = await beginSession(deps, { staff: SIGNED_IN, agent: AGENT, stepUp: false });
  if (!session.ok) throw new Error(session.error);
  return session.value;
}
async function resumed(secret: string): Promise<Session | string> {
  const session = await resumeSession(deps, secret, AGENT);
  return session.ok ? session.value.session : session.error;
}
const steppedUp = async (secret: string): Promise<unknown> => {
  const session = await resumed(secret);
  return typeof session === 'string' ? session : session.steppedUp;
};
const confirm = (secret: string, staff = CONFIRMED, agent = AGENT) => stepUpSession(deps, secret, { staff, agent });

describe('a step-up', () => {
  it('marks the session under a fresh secret, for ten minutes; the old secret never has it', async () => {
    const before = await begun();
    const confirmed = await confirm(before);
    const after = confirmed.ok ? confirmed.value.renewed : '';
    expect(after).not.toBe(before);
    expect([await steppedUp(before), await steppedUp(after)]).toEqual([false, true]);
    nowMs += STEP_UP_MS_MAX - 1;
    expect(await steppedUp(after)).toBe(true);
    nowMs += 1;
    expect(await steppedUp(after)).toBe(false);
  });

  it('keeps the name and the lasting secret: another window of hers goes on working', async () => {
    const before = await begun();
    const was = await resumed(before);
    const confirmed = await confirm(before);
    const is = confirmed.ok ? confirmed.value.session : undefined;
    expect(typeof was === 'string' ? was : [was.name, was.secret]).toEqual([is?.name, is?.secret]);
  });

  it('ends the old secret within a minute, and is no way past the end of the working day', async () => {
    const before = await begun();
    const confirmed = await confirm(before);
    nowMs += 60_000;
    expect(await resumed(before)).toBe('no-session');
    const after = confirmed.ok ? confirmed.value.renewed : '';
    expect(await steppedUp(after)).toBe(true);
    expect([...rows.values()].map(({ endsAtMs }) => endsAtMs)).toEqual(
      [...rows.values()].map(() => Date.parse('2026-11-22T09:00:30.000Z') + WHOLE_MS_MAX),
    );
  });

  it.each([
    ['the proof that she signed in with', SIGNED_IN],
    ['an earlier one', hers('2026-11-22T08:59:59.000Z')],
  ])('is not to be had for %s', async (_name, staff) => {
    const secret = await begun();
    expect(await confirm(secret, staff)).toEqual({ ok: false, error: 'not-asked-again' });
    expect(await steppedUp(secret)).toBe(false);
  });

  it('is not to be had twice for one proof', async () => {
    const confirmed = await confirm(await begun());
    expect(await confirm(confirmed.ok ? confirmed.value.renewed : '')).toEqual({ ok: false, error: 'not-asked-again' });
  });

  it.each([
    ['another person', { ...CONFIRMED, staffId: 'joseph.tate' }],
    ['the same id at another agency', { ...CONFIRMED, agency: 'westmarsh-council' }],
  ])('%s cannot give it to her session', async (_name, staff) => {
    const secret = await begun();
    expect(await confirm(secret, staff)).toEqual({ ok: false, error: 'other-person' });
    expect(await steppedUp(secret)).toBe(false);
  });

  it('takes the roles that the provider now says she has', async () => {
    const confirmed = await confirm(await begun(), { ...CONFIRMED, roles: [] });
    expect(confirmed.ok && confirmed.value.session.staff.roles).toEqual([]);
  });

  it('needs a session that lives, in the browser that it began in', async () => {
    const secret = await begun();
    expect(await confirm('x'.repeat(43))).toEqual({ ok: false, error: 'no-session' });
    expect(await confirm(secret, CONFIRMED, 'another browser')).toEqual({ ok: false, error: 'no-session' });
    const other = await begun();
    nowMs += IDLE_MS_MAX;
    expect(await confirm(other)).toEqual({ ok: false, error: 'no-session' });
  });
});
