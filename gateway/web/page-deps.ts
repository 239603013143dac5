import type { Room } from '../api/room.ts';
import type { DisclosureDeps } from '../disclosure/disclose.ts';
import type { Metrics } from '../operations/metrics.ts';
import type { AccessSnapshot } from '../ports/access-register.ts';
import type { CaseWorkRegister } from '../ports/case-register.ts';
import type { KeptAnswers } from '../ports/kept-answers.ts';
import type { MeetingPacks } from '../ports/meeting-packs.ts';
import type { AccessLog } from '../ports/access-log.ts';
import type { IdentityProvider } from '../ports/identity-provider.ts';
import type { SessionDeps } from '../access/staff/session.ts';
import type { RolesOfGroups } from '../access/staff/staff-member.ts';
import type { AgencyId } from '../../schemas/names.ts';
import type { FollowBreakGlass } from '../review/break-glass/follow.ts';
import type { ListDeps } from '../review/states/list.ts';
import type { SearchDeps } from '../review/search.ts';
import type { Say } from '../operations/messages.ts';
import type { Assets } from './layout/assets.ts';
import type { CookieSeal } from './session/sealed-cookie.ts';

/** What the pages need from outside. */
export interface PageDeps {
  /** The pipeline that pages and API share. */
  readonly disclosure: DisclosureDeps;
  readonly room: Room;
  readonly metrics: Pick<Metrics, 'enginesDiffered'>;
  readonly register: () => AccessSnapshot;
  readonly keptAnswers: KeptAnswers;
  readonly meetingPacks: MeetingPacks;
  readonly cases: CaseWorkRegister;
  readonly identity: IdentityProvider;
  readonly rolesOfGroups: RolesOfGroups;
  readonly sessions: SessionDeps;
  readonly cookieSeal: CookieSeal;
  readonly assets: Assets;
  readonly log: AccessLog;
  /** Name for people of an agency. */
  readonly nameOfAgency: (agency: AgencyId) => string;
  /** Name for people of a member of staff; undefined where her agency has not told it, or the register does not answer. */
  readonly nameOfStaff: (agency: AgencyId, staffId: string) => Promise<string | undefined>;
  /** The search index over the log, for what a page shows of it. */
  readonly review: Pick<SearchDeps, 'log' | 'index' | 'reasons'>;
  /** The register of reviews and what their steps need. */
  readonly reviews: ListDeps;
  /** Opens the reviews that broken glass owes; it must have run before an agency is asked. */
  readonly followBreakGlass: FollowBreakGlass;
  readonly newId: () => string;
  readonly say: Say;
  readonly now: () => Date;
}
