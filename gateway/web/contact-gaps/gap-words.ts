import type { GapRequest } from '../../../schemas/case-safety.ts';
import type { AgencyId } from '../../../schemas/names.ts';
import type { GapNext } from '../../cases/gap-list.ts';
import { sayDate } from '../layout/say-date.ts';

/** The state of a contact gap in words. */

export const NEXT_WORDS: Readonly<Record<GapNext, string>> = {
  'ask-agencies': 'Ask an agency to obtain a contact',
  'hear-answer': 'Ask the agency what came of it',
  'request-again': 'Request contact details again',
  'ask-another': 'Ask another agency',
};

type NameOfAgency = (agency: AgencyId) => string;

export function sayAsked({ agency, by, at }: GapRequest, nameOfAgency: NameOfAgency): string {
  return `${nameOfAgency(agency)} was asked by ${by.staffId} on ${sayDate(at)}`;
}

export function sayState({ answer }: GapRequest): { readonly tag: string; readonly colour: string } {
  if (answer === undefined) return { tag: 'Asked', colour: 'yellow' };
  return answer.outcome === 'obtained' ? { tag: 'Obtained', colour: 'green' } : { tag: 'Not obtained', colour: 'grey' };
}

export const sayDays = (days: number): string => `${days} ${days === 1 ? 'day' : 'days'}`;
