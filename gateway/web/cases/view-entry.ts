import type { LogEntryBody } from '../../../schemas/entry.ts';
import type { Session } from '../../access/staff/session.ts';
import type { PageDeps } from '../page-deps.ts';

/** Every page with personal data in it is an entry of the access log before it is shown (P1). */

type Viewed = Extract<LogEntryBody, { kind: 'page-viewed' }>;
export type View = Pick<Viewed, 'page'> & Partial<Omit<Viewed, 'kind' | 'v' | 'at' | 'operations' | 'actor' | 'page'>>;

/** Writes the view. False where the log cannot be written: then nothing may be shown. */
export async function recordView(deps: PageDeps, session: Session, view: View): Promise<boolean> {
  const receipt = await deps.log.append({
    kind: 'page-viewed',
    v: 1,
    at: deps.now().toISOString(),
    operations: ['consultation'],
    actor: viewerOf(session),
    ...view,
  });
  return receipt.ok;
}

/** Who looks, as the log names staff of a session. The first role stands for the person. */
export function viewerOf({ staff, name }: Session) {
  const [role] = staff.roles;
  return { agency: staff.agency, staffId: staff.staffId, ...(role === undefined ? {} : { role }), session: name };
}
