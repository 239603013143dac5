import type { IsoDate } from '../../schemas/names.ts';
import { danielHoldings, okoroHoldings, okoros } from './cast-daniel.ts';
import {
  andrei,
  emmanuel,
  gareth,
  jermaine,
  kelly,
  krzysztof,
  liam,
  mohammed,
  ryan,
  scott,
  yusuf,
} from './cast-others.ts';
import { withTruthMarked } from './generate.ts';
import { hostelKeepers } from './hostel-desks.ts';
import { truthOf } from './truth.ts';
import type { Population } from './types.ts';

/**
 * The hand-written cast of the demo and the journeys: twelve main characters, one important hard case each, with the
 * people around them. Depends on the day only. Numbers, references and addresses never meet a generated population's,
 * so both can be loaded beside each other (`together`).
 */
export function demoCast(asOf: IsoDate): Population {
  const family = okoros(asOf);
  const { daniel, chloe, tobi, grace, senior, david } = family;
  const scenes = [krzysztof, gareth, emmanuel, ryan, liam, mohammed, andrei, jermaine, scott, kelly, yusuf];
  const played = scenes.map((scene) => scene(asOf));
  const citizens = [
    daniel,
    chloe,
    tobi,
    grace,
    senior,
    david,
    ...played.flatMap((scene) => scene.citizens),
    ...hostelKeepers(asOf),
  ];
  const holdings = [
    ...danielHoldings(asOf, family),
    ...okoroHoldings(asOf, family),
    ...played.flatMap((scene) => scene.holdings),
  ];
  const truth = truthOf({ seed: 0, asOf, citizens, holdings });
  return { seed: 0, asOf, citizens, holdings: holdings.map((holding) => withTruthMarked(holding, truth, asOf)) };
}

/** Two populations as one, for example the cast in the middle of a borough. Both must be as of the same day. */
export function together(a: Population, b: Population): Population {
  if (a.asOf !== b.asOf) throw new Error('two populations of different days do not fit together');
  const known = new Set(a.citizens.map(({ id }) => id));
  return {
    seed: b.seed,
    asOf: a.asOf,
    // Hostel keepers are in both.
    citizens: [...a.citizens, ...b.citizens.filter(({ id }) => !known.has(id))],
    holdings: [...a.holdings, ...b.holdings],
  };
}
