import type { IsoDate } from '../../schemas/names.ts';
import { circumstancesOf } from './circumstances.ts';
import { citizenOf, worldOf } from './drafts.ts';
import { raiseFamily } from './family.ts';
import { hostelKeepers } from './hostel-desks.ts';
import { otherHoldings } from './other-holdings.ts';
import { oneLine } from './places.ts';
import { tagged } from './situation-tags.ts';
import { subjectHoldings } from './subject-holdings.ts';
import { truthOf, type Truth } from './truth.ts';
import type { Citizen, Holding, Population } from './types.ts';

export interface PopulationOptions {
  readonly seed: number;
  /** The day the population is as of, `YYYY-MM-DD`. */
  readonly asOf: IsoDate;
  /** How many perpetrators; at least three examples of every situation from 84 on, about 7,000 at most. */
  readonly perpetrators: number;
}

/**
 * Makes the population of a borough: perpetrators, the people around them, and what five agencies hold of all of them.
 * The same options give the same population, to the byte; nothing but the options is read.
 */
export function generatePopulation({ seed, asOf, perpetrators }: PopulationOptions): Population {
  const world = worldOf(seed, asOf);
  const holdings: Holding[] = [];
  for (let index = 0; index < perpetrators; index += 1) {
    const family = raiseFamily(world, circumstancesOf(world.random, index));
    const his = subjectHoldings(world, family);
    holdings.push(...his, ...otherHoldings(world, family, his));
    tagged(family, his);
  }
  const citizens: readonly Citizen[] = [...world.drafts.map(citizenOf), ...hostelKeepers(asOf)];
  const truth = truthOf({ seed, asOf, citizens, holdings });
  return { seed, asOf, citizens, holdings: holdings.map((holding) => withTruthMarked(holding, truth, asOf)) };
}

/** Marks each held number and address that now reaches another citizen, so that a test need not look it up. */
export function withTruthMarked(holding: Holding, truth: Truth, asOf: IsoDate): Holding {
  const another = (kind: 'phone' | 'address', value: string): { readonly reallyOf?: string } => {
    const others = truth.reachedBy(kind, value, asOf).filter((id) => id !== holding.citizen);
    const victim = others.find((id) => truth.citizen(id)?.kind === 'victim');
    const reallyOf = victim ?? others[0];
    return reallyOf === undefined ? {} : { reallyOf };
  };
  const lodging = (type: string): boolean => type === 'hostel' || type === 'approved';
  const confirmed = [...holding.phones, ...holding.addresses].map(({ lastConfirmed }) => lastConfirmed ?? '');
  return {
    ...holding,
    // What was confirmed on a day was written on that day.
    lastUpdated: [holding.lastUpdated, ...confirmed].reduce((a, b) => (a > b ? a : b)),
    phones: holding.phones.map((phone) => ({ ...phone, ...another('phone', phone.number) })),
    addresses: holding.addresses.map((address) =>
      lodging(address.type) ? address : { ...address, ...another('address', oneLine(address)) },
    ),
  };
}
