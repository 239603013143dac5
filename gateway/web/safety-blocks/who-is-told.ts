import type { Case } from '../../../schemas/case.ts';
import { victimAnswers } from '../../cases/victim-answers.ts';
import { sayDate } from '../layout/say-date.ts';
import type { PageDeps } from '../page-deps.ts';

/**
 * What the worker's card says of who was told that the victim answered. The attempt itself is what victim services read,
 * so they have been told as soon as it is recorded; that somebody has read it is said only once somebody has.
 */
export function whoIsTold(deps: Pick<PageDeps, 'register' | 'nameOfAgency'>, kase: Case, attemptId: string): string[] {
  const { agencies } = deps.register();
  const services = kase.agencies.filter((agency) => agencies.get(agency)?.group === 'victim-services');
  if (services.length === 0) return nobodyIsTold(deps, kase);
  const names = services.map(deps.nameOfAgency);
  const read = victimAnswers(kase).find((each) => each.attemptId === attemptId)?.acknowledgement;
  const told = `${names.join(' and ')} ${names.length === 1 ? 'has' : 'have'} been told: it stands first in their pages.`;
  if (read === undefined)
    return [`${told} Nobody there has read it yet, so ring them now and say what was said on the call.`];
  const reader = `${read.by.staffId} of ${deps.nameOfAgency(read.by.agency)}`;
  return [`${told} ${reader} read it on ${sayDate(read.at)}.`, 'Ring them and say what was said on the call.'];
}

/** The panel knows which service stands by her, or finds one. */
function nobodyIsTold({ nameOfAgency }: Pick<PageDeps, 'nameOfAgency'>, { leadAgency }: Case): string[] {
  return [
    'No victim services are on this case, so nobody has been told.',
    `Ring the panel coordinator of ${nameOfAgency(leadAgency)} now, and ask that victim services are told. If you cannot reach the coordinator, ring the police on 101.`,
  ];
}
