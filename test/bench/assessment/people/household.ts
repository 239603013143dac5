import type { Chance } from './chance.ts';
import { Exchange } from './numbers.ts';
import { at, makePerson, nameAt, pickOrigin, type Relation, type Someone, type Surroundings } from './people.ts';
import { ORIGINS, type Origin } from './names.ts';
import { makeHome, pickTown } from './places.ts';
import type { World } from '../registers/worlds.ts';

/** The people around one subject. */
export interface Household {
  readonly around: Surroundings;
  readonly world: World;
  readonly origin: Origin;
  readonly subject: Someone;
  readonly victim: Someone;
  readonly everybody: Someone[];
}

const YEAR = 365.25;

export const originOf = (person: Someone): Origin => ORIGINS.find(({ name }) => name === person.origin) ?? pickFirst();
const pickFirst = (): Origin => {
  const [first] = ORIGINS;
  if (first === undefined) throw new RangeError('no origins');
  return first;
};

/** A relative of the subject: his surname; where `together`, his home of today. */
export function relative(
  house: Household,
  relation: Relation,
  plan: { born: number; sex?: 'male' | 'female'; given?: string; middle?: string; known?: boolean; together?: boolean },
): Someone {
  const { around, origin, subject } = house;
  const home = plan.together === true ? [...subject.homes] : undefined;
  const someone = makePerson(
    around,
    {
      relation,
      origin,
      sex: plan.sex ?? 'male',
      born: plan.born,
      family: subject.names.at(-1)?.value.family ?? '',
      ...(plan.given === undefined ? {} : { given: plan.given }),
      ...(plan.middle === undefined ? {} : { middle: plan.middle }),
      known: plan.known ?? false,
    },
    home,
  );
  house.everybody.push(someone);
  return someone;
}

/** Another forename than his, of the same origin. */
export function otherGiven(house: Household, sex: 'male' | 'female' = house.subject.sex): string {
  const his = nameAt(house.subject, house.around.today).given;
  for (;;) {
    const given = house.around.chance.pick(sex === 'male' ? house.origin.male : house.origin.female);
    if (given !== his) return given;
  }
}

export function makeHousehold(chance: Chance, world: World, today: number): Household {
  const around: Surroundings = {
    chance,
    exchange: new Exchange(),
    town: pickTown(chance),
    today,
    mobileDays: world.mobileDays,
    homeDays: world.homeDays,
  };
  const origin = pickOrigin(chance);
  const sex = chance.happens(0.9) ? 'male' : 'female';
  const born = Math.round(today - (18 + chance.next() * 47) * YEAR);
  const subject = makePerson(around, {
    relation: 'subject',
    origin,
    sex,
    born,
    family: chance.pickCommon(origin.family),
    known: true,
  });
  if (chance.happens(0.4)) subject.work = around.exchange.landline(chance);
  const theirs = chance.happens(0.75) ? origin : pickOrigin(chance);
  const other = sex === 'male' ? 'female' : 'male';
  const victim = makePerson(around, {
    relation: 'victim',
    origin: theirs,
    sex: other,
    born: Math.round(born + (chance.next() * 12 - 6) * YEAR),
    family: chance.happens(0.35) ? (subject.names.at(-1)?.value.family ?? '') : chance.pickCommon(theirs.family),
    known: chance.happens(0.15),
  });
  const house: Household = { around, world, origin, subject, victim, everybody: [subject, victim] };
  settleVictim(house);
  addFamily(house);
  return house;
}

/** They live together, or he left and she stayed, or they never did. */
function settleVictim({ around: { chance, today }, subject, victim }: Household): void {
  const [last] = subject.homes.slice(-1);
  const before = subject.homes.at(-2);
  const draw = chance.next();
  if (draw < 0.35 && last !== undefined)
    victim.homes = [...victim.homes.slice(0, 1).map((spell) => ({ ...spell, to: last.from })), last];
  else if (draw < 0.75 && before !== undefined) victim.homes = [{ ...before, to: undefined }];
  else if (draw < 0.85 && before !== undefined)
    victim.homes = [before, { ...(victim.homes.at(-1) ?? before), from: before.to ?? today - 30, to: undefined }];
}

function addFamily(house: Household): void {
  const {
    around: { chance, today },
    subject,
    victim,
  } = house;
  const children = chance.pick([0, 0, 1, 1, 2, 2, 3]);
  for (let at = 0; at < children; at += 1) {
    const sex = chance.happens(0.5) ? 'male' : 'female';
    const child = relative(house, 'child', { born: Math.round(today - chance.next() * 16 * YEAR), sex });
    child.homes = victim.homes.filter(({ to }) => to === undefined || to > child.born);
  }
  if (chance.happens(0.4))
    relative(house, 'mother', {
      born: subject.born - Math.round((19 + chance.next() * 18) * YEAR),
      sex: 'female',
      together: chance.happens(0.2),
    });
  if (chance.happens(0.25))
    relative(house, 'father', {
      born: subject.born - Math.round((20 + chance.next() * 18) * YEAR),
      given: otherGiven(house, 'male'),
      known: chance.happens(0.3),
      together: chance.happens(0.2),
    });
  if (chance.happens(0.3))
    relative(house, 'brother', {
      born: subject.born + Math.round(chance.pick([-1, 1]) * (1 + chance.next() * 6) * YEAR),
      given: otherGiven(house, 'male'),
      known: chance.happens(0.5),
      together: chance.happens(0.25),
    });
  if (chance.happens(0.15))
    relative(house, 'sister', {
      born: subject.born + Math.round(chance.pick([-1, 1]) * (1 + chance.next() * 6) * YEAR),
      sex: 'female',
      given: otherGiven(house, 'female'),
    });
  if (chance.happens(0.3)) friendOf(house);
  if (chance.happens(0.25)) namesake(house, {});
}

export function friendOf(house: Household): Someone {
  const origin = pickOrigin(house.around.chance);
  const friend = makePerson(house.around, {
    relation: 'friend',
    origin,
    sex: 'male',
    born: house.subject.born + house.around.chance.between(-1500, 1500),
    family: house.around.chance.pickCommon(origin.family),
    known: house.around.chance.happens(0.3),
  });
  house.everybody.push(friend);
  return friend;
}

/** Somebody else of his name; of his birth date too where told. */
export function namesake(
  house: Household,
  plan: { sameBirth?: boolean; together?: boolean; relation?: Relation },
): Someone {
  const {
    around: { chance, today },
    subject,
  } = house;
  const name = nameAt(subject, today);
  const born = plan.sameBirth === true ? subject.born : subject.born + chance.pick([-1, 1]) * chance.between(40, 9000);
  const middle = chance.happens(0.5) ? otherGiven(house) : undefined;
  return relative(house, plan.relation ?? 'namesake', {
    born: Math.min(born, today - 17 * 365),
    sex: subject.sex,
    given: name.given,
    ...(middle === undefined ? {} : { middle }),
    known: chance.happens(0.6),
    together: plan.together ?? false,
  });
}

export const homeNow = (person: Someone, today: number) => at(person.homes, today);
export { makeHome };
