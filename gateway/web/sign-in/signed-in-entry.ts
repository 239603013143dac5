import type { LogEntryBody } from '../../../schemas/entry.ts';
import type { StaffMember } from '../../access/staff/staff-member.ts';
import type { PageDeps } from '../page-deps.ts';

/** What the log says of signing in, confirming and signing out. */

type SignedIn = Extract<LogEntryBody, { kind: 'signed-in' }>;

/** The first role stands for the person where the log has room for one; without a role there is none to name. */
export function actorOf({ staffId, agency, roles }: StaffMember): Pick<SignedIn, 'actor' | 'agency'> {
  const [role] = roles;
  return role === undefined ? { agency } : { agency, actor: { agency, staffId, role } };
}

/** Writes the entry. False where the log cannot be written: then nothing may change (P1). */
export async function record(deps: PageDeps, what: Pick<SignedIn, 'event' | 'actor' | 'agency' | 'code' | 'session'>) {
  const at = deps.now().toISOString();
  const receipt = await deps.log.append({ kind: 'signed-in', v: 1, at, operations: [], ...what });
  return receipt.ok;
}

export const NOT_NOW = {
  heading: 'Sorry, there is a problem with the service',
  sentences: ['This could not be recorded, so it was not done. Try again in a minute.'],
  links: [{ href: '/', text: 'Sign in' }],
};
