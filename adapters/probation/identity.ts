import type { Identifier, Person, PersonName } from '../../schemas/person.ts';
import { isMasked, shown } from './masked.ts';
import { pncKey } from './pnc.ts';
import type { WirePerson } from './wire.ts';

/** Who a half of a person is: ids, names and dates, in the shapes that matching reads. */

const CRN = /^[A-Z]{1,2}\d{6}$/;
const NOMS = /^[A-Z]\d{4}[A-Z]{2}$/;

export const isCrn = (id: string): boolean => CRN.test(id);
export const isNoms = (id: string): boolean => NOMS.test(id);

/** An id under which the API knows a person: a case reference number of probation or a prison number. */
export const isHmppsId = (id: string): boolean => isCrn(id) || isNoms(id);

const wellFormed = (id: string | undefined, form: (id: string) => boolean): id is string =>
  id !== undefined && form(id);

/** The case reference number that a half gives, where it gives one. */
export function crnOf(half: WirePerson): string | undefined {
  return [shown(half.identifiers?.deliusCrn), shown(half.hmppsId)].find((id) => wellFormed(id, isCrn));
}

/** The prison number that a half gives, where it gives one. */
export function nomsOf(half: WirePerson): string | undefined {
  return [shown(half.identifiers?.nomisNumber), shown(half.hmppsId)].find((id) => wellFormed(id, isNoms));
}

/** Access to this person is limited: an exclusion or a restriction is in force now. */
export const isLimited = (half: WirePerson): boolean =>
  half.currentRestriction === true || half.currentExclusion === true;

const NAME_MAX = 100;

function nameOf(part: Pick<WirePerson, 'firstName' | 'middleName' | 'lastName'>): PersonName | undefined {
  const given = shown(part.firstName)?.slice(0, NAME_MAX);
  const middle = shown(part.middleName)?.slice(0, NAME_MAX);
  const family = shown(part.lastName)?.slice(0, NAME_MAX);
  if (given === undefined && family === undefined) return undefined;
  return {
    ...(given === undefined ? {} : { given }),
    ...(middle === undefined ? {} : { middle }),
    ...(family === undefined ? {} : { family }),
  };
}

/** The name under which a half is kept, without aliases. */
export const mainNameOf = (half: WirePerson): PersonName | undefined => nameOf(half);

/** Whether a part of the name is masked: the rest may be taken, but not as the whole. */
export const nameIsMasked = (half: WirePerson): boolean =>
  [half.firstName, half.middleName, half.lastName].some(isMasked);

const dateShown = (date: string | null | undefined): string | undefined => shown(date);

function namesOf(halves: readonly WirePerson[]): PersonName[] {
  const names: PersonName[] = [];
  const seen = new Set<string>();
  const add = (name: PersonName | undefined, type: 'current' | 'alias'): void => {
    if (name === undefined) return;
    const key = JSON.stringify([name.given, name.middle, name.family]).toLowerCase();
    if (seen.has(key)) return;
    seen.add(key);
    names.push({ ...name, type });
  };
  for (const half of halves) add(nameOf(half), 'current');
  for (const half of halves) for (const alias of half.aliases ?? []) add(nameOf(alias), 'alias');
  return names.slice(0, 40);
}

function datesOf(halves: readonly WirePerson[]): string[] {
  const all = [...halves, ...halves.flatMap((half) => half.aliases ?? [])];
  return [...new Set(all.map((part) => dateShown(part.dateOfBirth)).filter((date) => date !== undefined))];
}

function identifiersOf(halves: readonly WirePerson[]): Identifier[] {
  const identifiers: Identifier[] = [];
  const seen = new Set<string>();
  const add = (type: Identifier['type'], value: string | undefined, key = value): void => {
    if (value === undefined || value.length > 60 || seen.has(`${type} ${key ?? ''}`)) return;
    seen.add(`${type} ${key ?? ''}`);
    identifiers.push({ type, value });
  };
  for (const half of halves) {
    const pnc = shown(half.pncId);
    add('CRN', crnOf(half));
    add('NOMS', nomsOf(half));
    add('PNC', pnc, pnc === undefined ? undefined : (pncKey(pnc) ?? pnc));
    add('CRO', shown(half.identifiers?.croNumber));
  }
  return identifiers;
}

function sexOf(halves: readonly WirePerson[]): Person['sex'] {
  const said = new Set(halves.map((half) => shown(half.gender)?.toLowerCase()).filter((word) => word !== undefined));
  // Two registers that disagree say nothing: a wrong sex would rule the right man out.
  if (said.size !== 1) return undefined;
  if (said.has('male') || said.has('m')) return 'male';
  if (said.has('female') || said.has('f')) return 'female';
  return undefined;
}

/** The person that one or two halves describe, without contact details. The first half leads. */
export function personOf(halves: readonly WirePerson[]): Person {
  const [dateOfBirth, ...otherDates] = datesOf(halves);
  const sex = sexOf(halves);
  return {
    names: namesOf(halves),
    ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
    ...(otherDates.length === 0 ? {} : { otherDatesOfBirth: otherDates.slice(0, 10) }),
    ...(sex === undefined ? {} : { sex }),
    identifiers: identifiersOf(halves),
  };
}

/**
 * Whether the two halves cannot be one man although the API joins them: neither a name nor a birth date in common, or
 * different PNCs and no name in common (a twin has the birth date). One mistyped prison number in a probation case is
 * enough to join two strangers (P5).
 */
export function contradict(a: WirePerson, b: WirePerson): boolean {
  const [pncA, pncB] = [a, b].map((half) => pncKey(shown(half.pncId) ?? ''));
  const pncsKnown = pncA !== undefined && pncB !== undefined;
  if (pncsKnown && pncA === pncB) return false;
  const names = [fullNamesOf(a), fullNamesOf(b)] as const;
  if (shares(names)) return false;
  const dates = [datesOf([a]), datesOf([b])] as const;
  const comparable = [dates, names].some((pair) => pair.every((list) => list.length > 0));
  return pncsKnown || (comparable && !shares(dates));
}

const shares = ([a, b]: readonly [readonly string[], readonly string[]]): boolean => a.some((item) => b.includes(item));

function fullNamesOf(half: WirePerson): string[] {
  return namesOf([half])
    .filter((name) => name.given !== undefined && name.family !== undefined)
    .map((name) => `${name.given ?? ''} ${name.family ?? ''}`.toLowerCase());
}
