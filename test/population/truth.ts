import type { ContactKind } from '../../schemas/contact-point.ts';
import type { IsoDate } from '../../schemas/names.ts';
import type { Citizen, HeldAgency, Holding, Population, Situation } from './types.ts';

/** The answers: who is who and whose contact point is whose. For tests, demo and benchmarks; no simulator reads it. */
export interface Truth {
  citizen(id: string): Citizen | undefined;
  /** Whose record this is; the reference may be a superseded or second one. Undefined where the agency has none such. */
  whose(agency: HeldAgency, reference: string): Citizen | undefined;
  holdingsOfCitizen(id: string): readonly Holding[];
  /**
   * Ids of everybody who is really reached there on the date, in order of id: none where it is dead, two where it is
   * shared. `value` is E.164, a lower-case e-mail address, or one line with the postcode last.
   */
  reachedBy(kind: ContactKind, value: string, on: IsoDate): readonly string[];
  /** True where the contact point reaches this citizen and nobody else on the date. */
  reachesOnly(id: string, kind: ContactKind, value: string, on: IsoDate): boolean;
  /** Perpetrators who are in the situation, in order of id. */
  inSituation(situation: Situation): readonly Citizen[];
}

/** The holdings of one agency, in the order in which they were made. */
export const holdingsOf = (population: Population, agency: HeldAgency): readonly Holding[] =>
  population.holdings.filter((holding) => holding.agency === agency);

/** Looks everything up by index: build it once a population. */
export function truthOf(population: Population): Truth {
  const citizens = new Map(population.citizens.map((citizen) => [citizen.id, citizen]));
  const references = new Map(
    population.holdings.flatMap(({ agency, reference, otherReferences, citizen }) =>
      [reference, ...otherReferences.map(({ value }) => value)].map((each) => [`${agency}:${each}`, citizen] as const),
    ),
  );
  const holdings = grouped(population.holdings, ({ citizen }) => citizen);
  const owners = grouped(
    population.citizens.flatMap(({ contacts }) => contacts),
    ({ kind, value }) => `${kind}:${value}`,
  );
  const reachedBy = (kind: ContactKind, value: string, on: IsoDate): readonly string[] =>
    (owners.get(`${kind}:${value}`) ?? [])
      .filter(({ worksFrom, worksTo }) => worksFrom <= on && (worksTo === undefined || on < worksTo))
      .map(({ owner }) => owner)
      .filter((owner, at, all) => all.indexOf(owner) === at)
      .sort();
  return {
    citizen: (id) => citizens.get(id),
    whose: (agency, reference) => citizens.get(references.get(`${agency}:${reference}`) ?? ''),
    holdingsOfCitizen: (id) => holdings.get(id) ?? [],
    reachedBy,
    reachesOnly: (id, kind, value, on) => {
      const reached = reachedBy(kind, value, on);
      return reached.length === 1 && reached[0] === id;
    },
    inSituation: (situation) =>
      population.citizens.filter(({ kind, situations }) => kind === 'perpetrator' && situations.includes(situation)),
  };
}

function grouped<T>(all: readonly T[], by: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(by(each));
    if (group === undefined) groups.set(by(each), [each]);
    else group.push(each);
  }
  return groups;
}
