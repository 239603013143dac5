import type { IsoDate } from '../../../schemas/names.ts';
import { fullNameShare } from '../../../gateway/linkage/compare/frequencies.ts';
import { toLatin } from '../../../gateway/linkage/standardise/latin.ts';
import { daysAfter, daysBefore } from '../calendar.ts';
import type { World } from '../drafts.ts';
import { NAMES, type Origin } from '../name-lists.ts';
import { HOSTELS } from '../places.ts';
import type { Random } from '../random.ts';
import {
  bornYearsFrom,
  drawLife,
  homeOn,
  mobileOn,
  movedTo,
  withoutPhoneSince,
  type HomeSpell,
  type Life,
  type LifeWish,
  type Who,
} from './lives.ts';
import { HARD_CASES, HARDER, QUESTION_ORIGINS, type DrawnCase } from './question-rates.ts';

/** The subject, everybody around him, and what is hard about them: the truth of one question. */
export interface Circle {
  readonly asOf: IsoDate;
  readonly cases: ReadonlySet<DrawnCase>;
  /** Registers err as HARDER says. */
  readonly harder: boolean;
  readonly origin: Origin;
  readonly him: Life;
  readonly victim: Life;
  /** Everybody else, the victim included. */
  readonly others: readonly Life[];
  readonly custodySince?: IsoDate;
  readonly releasedOn?: IsoDate;
}

/** Draws a subject and the people whose records a search for him may bring. */
export function drawCircle(world: World, random: Random, asOf: IsoDate, harder: boolean): Circle {
  const cases = drawCases(random, harder);
  const origin = random.weighted(QUESTION_ORIGINS);
  const born = daysBefore(asOf, random.between(20 * 365, 58 * 365));
  const sex = random.chance(0.85) ? 'male' : 'female';
  const draw = (wish: LifeWish): Life => drawLife(world, random, asOf, wish);
  const settled = draw({ who: 'himself', origin, sex, dateOfBirth: born });
  const { victim, him: parted } = couple(random, asOf, settled, draw);
  const where = placed(random, asOf, cases, parted);
  const him = where.him;
  const kin = kinOf(random, asOf, cases, him, draw);
  const children = childrenOf(random, asOf, him, victim, draw);
  const others = [victim, ...children, ...kin, ...namesakes(random, cases, him, draw, asOf)];
  const sameDay = harder ? bornOnHisDay(random, cases, him, draw) : [];
  return { asOf, cases, harder, origin, victim, others: [...others, ...sameDay], ...where };
}

function drawCases(random: Random, harder: boolean): Set<DrawnCase> {
  const cases = new Set<DrawnCase>();
  const drawn = Object.keys(HARD_CASES).filter(isCase);
  for (const each of drawn) if (random.chance(HARD_CASES[each])) cases.add(each);
  if (harder && random.chance(HARDER.plantedNamesakes)) cases.add('namesake-same-birth-date');
  const places = ['in-custody', 'released-lately', 'hostel', 'no-fixed-abode'] as const;
  const place = places.find((each) => cases.has(each));
  for (const each of places) if (each !== place) cases.delete(each);
  return cases;
}

const isCase = (name: string): name is DrawnCase => name in HARD_CASES;

const opposite = (sex: Life['person']['sex'], random: Random): 'male' | 'female' =>
  (sex === 'male') === random.chance(0.95) ? 'female' : 'male';

/** He and the victim lived together for a while; in two of three cases he has left her home. */
function couple(
  random: Random,
  asOf: IsoDate,
  settled: Life,
  draw: (wish: LifeWish) => Life,
): { readonly victim: Life; readonly him: Life } {
  const { origin, sex, name } = settled.person;
  const victim = draw({
    who: 'victim',
    origin: random.chance(0.75) ? origin : random.weighted(QUESTION_ORIGINS),
    sex: opposite(sex, random),
    dateOfBirth: bornYearsFrom(random, settled.dateOfBirth, -8, 8),
    ...(random.chance(0.35) ? { family: name.family } : {}),
  });
  const home = homeOn(victim, asOf);
  if (home === undefined || random.chance(0.15)) return { victim, him: settled };
  const joined = later(home.from, daysBefore(asOf, random.between(300, 2500)));
  const left = random.chance(0.33) ? undefined : daysBefore(asOf, random.between(10, 700));
  if (left !== undefined && left <= joined) return { victim, him: settled };
  const shared: HomeSpell = { ...home, from: joined, ...(left === undefined ? {} : { to: left }) };
  const together = movedTo(settled, shared, joined);
  if (left === undefined) return { victim, him: together };
  // Back to a place of his own: one he had before, or a new one.
  const own = settled.homes.filter(({ to }) => to === undefined || to > left);
  const after = own.map((each) => ({ ...each, from: later(each.from, left) }));
  return { victim, him: { ...together, homes: [...together.homes, ...after] } };
}

const later = (a: IsoDate, b: IsoDate): IsoDate => (a > b ? a : b);

function placed(
  random: Random,
  asOf: IsoDate,
  cases: ReadonlySet<DrawnCase>,
  him: Life,
): { readonly him: Life; readonly custodySince?: IsoDate; readonly releasedOn?: IsoDate } {
  if (cases.has('in-custody')) {
    const custodySince = daysBefore(asOf, random.between(10, 400));
    return { him: withoutPhoneSince(movedTo(him, undefined, custodySince), custodySince), custodySince };
  }
  if (cases.has('released-lately')) {
    const releasedOn = daysBefore(asOf, random.between(3, 80));
    const custodySince = daysBefore(releasedOn, random.between(20, 300));
    return { him: outAgain(random, him, custodySince, releasedOn), custodySince, releasedOn };
  }
  const lodged = cases.has('hostel') ? random.pick(HOSTELS) : undefined;
  if (lodged === undefined && !cases.has('no-fixed-abode')) return { him };
  const from = daysBefore(asOf, random.between(5, 150));
  const bed = lodged === undefined ? undefined : { dwelling: lodged, kind: 'hostel' as const, from };
  return { him: movedTo(him, bed, from) };
}

/** Two men in five come out to the number and home they had. */
function outAgain(random: Random, him: Life, since: IsoDate, released: IsoDate): Life {
  const inside = withoutPhoneSince(movedTo(him, undefined, since), since);
  const [line, home] = [mobileOn(him, since), homeOn(him, since)];
  const keepsNumber = random.chance(0.4) || him.mobiles.every(({ from }) => from <= released);
  const number = keepsNumber ? line : him.mobiles.find(({ from }) => from > since);
  const mobiles = number === undefined ? [] : [{ number: number.number, from: released }];
  const homes = home === undefined || !random.chance(0.5) ? [] : [{ ...home, from: released }];
  const open = homes.map(({ dwelling, kind, from }) => ({ dwelling, kind, from }));
  return { ...inside, mobiles: [...inside.mobiles, ...mobiles], homes: [...inside.homes, ...open] };
}

function kinOf(
  random: Random,
  asOf: IsoDate,
  cases: ReadonlySet<DrawnCase>,
  him: Life,
  draw: (wish: LifeWish) => Life,
): readonly Life[] {
  const { origin, name, sex } = him.person;
  const same = { origin, family: name.family };
  const childhood = him.homes.slice(0, 1).map(({ dwelling, kind, from }) => ({ dwelling, kind, from }));
  const shares = (chance: number) => (random.chance(chance) ? { homes: childhood } : {});
  const of = (who: Who, on: boolean, wish: () => Omit<LifeWish, 'who'>): readonly Life[] =>
    on ? [draw({ who, ...wish() })] : [];
  const born = him.dateOfBirth;
  const hisSex = sex === 'female' ? 'female' : 'male';
  const sonOf = cases.has('father-and-son');
  return [
    ...of('mother', cases.has('mother'), () => ({
      ...same,
      sex: 'female',
      dateOfBirth: bornYearsFrom(random, born, -38, -19),
      ...shares(0.6),
    })),
    ...of('father', sonOf || cases.has('father'), () => ({
      ...same,
      sex: hisSex,
      dateOfBirth: bornYearsFrom(random, born, -36, -20),
      ...(sonOf ? { given: name.given } : {}),
      ...shares(sonOf ? 1 : 0.5),
    })),
    ...of('brother', cases.has('brother'), () => ({
      ...same,
      sex: 'male',
      dateOfBirth: bornYearsFrom(random, born, -6, 6),
      ...shares(0.5),
    })),
    ...of('sister', cases.has('sister'), () => ({
      ...same,
      sex: 'female',
      dateOfBirth: bornYearsFrom(random, born, -6, 6),
      ...shares(0.4),
    })),
    ...of('twin', cases.has('twin'), () => ({
      ...same,
      sex: hisSex,
      dateOfBirth: born,
      given: twinName(random, him),
      ...shares(0.7),
    })),
    ...of('partner', cases.has('new-partner'), () => ({
      origin: random.weighted(QUESTION_ORIGINS),
      sex: opposite(sex, random),
      dateOfBirth: bornYearsFrom(random, born, -9, 9),
      ...(random.chance(0.6) ? { homes: atHomeOf(him, asOf) } : {}),
    })),
  ];
}

const atHomeOf = (him: Life, asOf: IsoDate): readonly HomeSpell[] =>
  him.homes.filter(({ kind, to }) => kind === 'home' && (to === undefined || to > asOf));

/** Twins are often named alike: the same first letter where there is such a name. */
function twinName(random: Random, { person }: Life): string {
  const lists = NAMES[person.origin];
  const names = (person.sex === 'female' ? lists.female : lists.male).filter((given) => given !== person.name.given);
  const alike = names.filter((given) => given.startsWith(person.name.given.charAt(0)));
  return random.pick(alike.length > 0 ? alike : names);
}

function childrenOf(
  random: Random,
  asOf: IsoDate,
  him: Life,
  victim: Life,
  draw: (wish: LifeWish) => Life,
): readonly Life[] {
  const count = random.weighted([
    [0, 4],
    [1, 3],
    [2, 2],
    [3, 1],
  ]);
  const homes = victim.homes.slice(-1);
  return Array.from({ length: count }, () => {
    const dateOfBirth = daysBefore(asOf, random.between(365, 15 * 365));
    const sex = random.chance(0.5) ? ('male' as const) : ('female' as const);
    const { origin, name } = him.person;
    // A son is now and then called after his father.
    const given = sex === 'male' && random.chance(0.05) ? { given: name.given } : {};
    const child = draw({ who: 'child', origin, sex, dateOfBirth, family: name.family, homes, ...given });
    return { ...child, mobiles: child.mobiles.slice(-1).filter(() => dateOfBirth < daysBefore(asOf, 11 * 365)) };
  });
}

/** People of his name: any search by name brings them, the more the commoner the name. */
function namesakes(
  random: Random,
  cases: ReadonlySet<DrawnCase>,
  him: Life,
  draw: (wish: LifeWish) => Life,
  asOf: IsoDate,
): readonly Life[] {
  const { origin, sex, name } = him.person;
  const alike = { origin, sex: sex === 'female' ? ('female' as const) : ('male' as const), ...name };
  const anyDate = (): IsoDate => daysBefore(asOf, random.between(20 * 365, 65 * 365));
  const nearDate = (): IsoDate => daysAfter(him.dateOfBirth, random.pick([-1096, -366, -31, -7, 1, 9, 31, 90, 365]));
  const one = (dateOfBirth: IsoDate, homes?: readonly HomeSpell[]): Life =>
    draw({ who: 'namesake', ...alike, dateOfBirth, ...(homes === undefined ? {} : { homes }) });
  const elsewhere = Array.from({ length: random.between(0, 3) }, () => one(anyDate()));
  const home = him.homes.slice(-1).map(({ dwelling, kind, from }) => ({ dwelling, kind, from }));
  return [
    ...elsewhere,
    ...(cases.has('namesake-in-area') ? [one(nearDate())] : []),
    ...(cases.has('namesake-in-household') ? [one(anyDate(), home)] : []),
    ...(cases.has('namesake-same-birth-date') ? [one(him.dateOfBirth)] : []),
  ];
}

/** Others of his name who were born on his day by chance alone: as many as so common a name has in the country. */
function bornOnHisDay(
  random: Random,
  cases: Set<DrawnCase>,
  { person, dateOfBirth }: Life,
  draw: (wish: LifeWish) => Life,
): readonly Life[] {
  const { origin, sex, name } = person;
  const plain = (text: string): string => toLatin(text).replaceAll(' ', '');
  const expected = (fullNameShare(plain(name.given), plain(name.family)) * HARDER.people) / HARDER.birthDays;
  if (!random.chance(1 - Math.exp(-expected))) return [];
  cases.add('namesake-same-birth-date');
  return [draw({ who: 'namesake', origin, sex: sex === 'female' ? 'female' : 'male', ...name, dateOfBirth })];
}
