import { daysAfter, daysBefore, yearOf } from './calendar.ts';
import type { Circumstances } from './circumstances.ts';
import { bornInto, getsEmail, getsPhone, movesIn, type Draft, type Line, type World } from './drafts.ts';
import { HOSTELS, APPROVED_PREMISES } from './places.ts';
import { NAMES } from './name-lists.ts';
import type { Relation } from './types.ts';

/** One perpetrator and the people around them: the truth, before any agency writes it down. */
export interface Family {
  readonly circumstances: Circumstances;
  /** Whether people will look at this family: then its mobiles come from the drama range. */
  readonly seen: boolean;
  readonly subject: Draft;
  readonly victims: readonly Draft[];
  readonly children: readonly Draft[];
  readonly mother?: Draft;
  readonly twin?: Draft;
  readonly father?: Draft;
  readonly namesake?: Draft;
  readonly housemate?: Draft;
  readonly stranger?: Draft;
  /** Dates that several agencies' records must agree on. */
  readonly custodySince?: string;
  readonly releasedOn?: string;
  /** The old number that a stranger answers now. */
  readonly reassigned?: Line;
}

/** Makes the family; every person in it is added to the world. */
export function raiseFamily(world: World, circumstances: Circumstances): Family {
  const { random } = world;
  const { situations, agencies } = circumstances;
  const seen = circumstances.exampleOf !== undefined;
  const subject = subjectOf(world, circumstances);
  const victims = victimsOf(world, subject, seen);
  const whereabouts = settles(world, circumstances, subject, victims[0]);
  const reassigned = situations.has('number-reassigned-to-stranger');
  const keeps = situations.has('phone-shared-with-victim');
  mobilesOf(world, subject, { seen, longAgo: reassigned, keeps, ...whereabouts });
  getsEmail(world, subject);
  if (keeps) sharePhone(subject, victims[0]);
  const needsChild = agencies.has('childrens');
  const children = childrenOf(world, subject, victims[0], needsChild ? 1 : 0);
  const wantsMother = situations.has('mothers-number-recorded-as-his') || random.chance(0.25);
  return {
    circumstances,
    seen,
    subject,
    victims,
    children,
    ...(wantsMother ? { mother: motherOf(world, subject, seen) } : {}),
    ...(situations.has('twin') ? { twin: twinOf(world, subject, seen) } : {}),
    ...(situations.has('father-and-son') ? { father: fatherOf(world, subject, seen) } : {}),
    ...(situations.has('namesake') ? { namesake: namesakeOf(world, subject, seen) } : {}),
    ...(!seen && random.chance(0.08) ? { housemate: housemateOf(world, subject) } : {}),
    ...(reassigned ? reassignedNumber(world, subject, seen) : {}),
    ...whereabouts,
  };
}

function subjectOf(world: World, { situations, exampleOf, agencies }: Circumstances): Draft {
  const { random } = world;
  const transliterated = exampleOf === 'transliterated-name';
  const subject = bornInto(world, {
    kind: 'perpetrator',
    ages: [20, 62],
    sex: random.chance(0.8) ? 'male' : 'female',
    ...(transliterated ? { origin: 'arabic', sex: 'male', given: random.pick(['Yusuf', 'Mohammed', 'Khalid']) } : {}),
    ...(exampleOf === 'day-month-swap' ? { swappableBirthDate: true } : {}),
  });
  for (const situation of situations) subject.situations.add(situation);
  if (situations.has('alias')) subject.aliases.push(aliasOf(world, subject));
  const year = Number(subject.dateOfBirth.slice(0, 4)) + random.between(15, 19);
  if (agencies.has('police') || agencies.has('probation')) {
    subject.pnc = world.identifiers.pnc(year);
    if (random.chance(0.7)) subject.cro = world.identifiers.cro(year);
  }
  return subject;
}

function aliasOf(world: World, subject: Draft): { given: string; family: string } {
  const lists = NAMES[subject.origin];
  const given = world.random.pick(subject.sex === 'male' ? lists.male : lists.female);
  const family = world.random.pick(lists.family);
  return world.random.chance(0.5) ? { given: subject.name.given, family } : { given, family: subject.name.family };
}

function related(a: Draft, b: Draft, bIsToA: Relation, aIsToB: Relation): void {
  a.relations.push({ to: b.id, as: bIsToA });
  b.relations.push({ to: a.id, as: aIsToB });
}

function victimsOf(world: World, subject: Draft, seen: boolean): readonly Draft[] {
  const count = world.random.chance(0.15) ? 2 : 1;
  return Array.from({ length: count }, () => {
    const alike = world.random.chance(0.75);
    const victim = bornInto(world, {
      kind: 'victim',
      ages: [20, 58],
      sex: world.random.chance(0.95) === (subject.sex === 'male') ? 'female' : 'male',
      ...(alike ? { origin: subject.origin } : {}),
      ...(world.random.chance(0.35) ? { family: subject.name.family } : {}),
    });
    subject.relations.push({ to: victim.id, as: 'victim' });
    victim.relations.push({ to: subject.id, as: 'partner' });
    movesIn(world, victim, world.places.dwelling(), world.random.between(700, 3000));
    getsPhone(world, victim, seen);
    return victim;
  });
}

/** Situations in which the couple does not live together, whatever else is true. */
const APART = [
  'victims-address-at-police',
  'joint-tenancy-with-victim',
  'hostel',
  'no-fixed-abode',
  'in-custody',
  'released-last-week',
  'dapo-notified-address',
  'father-and-son',
  'twin',
] as const;

/** Decides where the subject lives and lived; the core home is the one that most registers know of. */
function settles(
  world: World,
  { situations }: Circumstances,
  subject: Draft,
  victim: Draft | undefined,
): { custodySince?: string; releasedOn?: string } {
  const { random, asOf } = world;
  const shared = victim?.core?.dwelling;
  const apart = APART.some((situation) => situations.has(situation)) || random.chance(0.5);
  if (!apart && shared !== undefined) {
    movesIn(world, subject, shared, random.between(200, 690));
    movesIn(world, subject, world.places.dwelling(), random.between(1200, 2500), 695);
    return {};
  }
  const leftHers = random.between(250, 500);
  const stayed = situations.has('victims-address-at-police') || situations.has('joint-tenancy-with-victim');
  const gone = situations.has('hostel') || situations.has('no-fixed-abode');
  const custodySince = situations.has('in-custody') ? daysBefore(asOf, random.between(20, 180)) : undefined;
  const releasedOn = situations.has('released-last-week') ? daysBefore(asOf, random.between(1, 7)) : undefined;
  const leftOwn = random.between(15, 200);
  if (situations.has('hostel')) stays(world, subject, 'hostel', daysBefore(asOf, leftOwn));
  if (releasedOn !== undefined) stays(world, subject, 'approved', releasedOn);
  const ended = gone || custodySince !== undefined || releasedOn !== undefined;
  movesIn(world, subject, world.places.dwelling(), leftHers, ended ? leftOwn : undefined);
  if (shared !== undefined && (stayed || random.chance(0.4))) movesIn(world, subject, shared, 695, leftHers);
  return {
    ...(custodySince === undefined ? {} : { custodySince }),
    ...(releasedOn === undefined ? {} : { releasedOn }),
  };
}

function stays(world: World, subject: Draft, kind: 'hostel' | 'approved', from: string): void {
  const dwelling = kind === 'hostel' ? world.random.pick(HOSTELS) : APPROVED_PREMISES;
  subject.residences.push({ dwelling, kind, from });
}

interface MobileWish {
  readonly seen: boolean;
  /** The newest number is old enough for the one before it to have been given to somebody else. */
  readonly longAgo: boolean;
  /** He certainly has the newest still. */
  readonly keeps: boolean;
  readonly custodySince?: string;
  readonly releasedOn?: string;
}

/** A chain of mobiles, newest first. In custody his own number reaches nobody; one in twenty has just lost his. */
function mobilesOf(world: World, subject: Draft, wish: MobileWish): void {
  const { random, asOf } = world;
  let from = wish.releasedOn ?? daysBefore(asOf, wish.longAgo ? random.between(200, 600) : random.between(15, 600));
  const lostOn = random.chance(0.05) && !wish.keeps ? daysBefore(asOf, random.between(1, 14)) : undefined;
  let to = wish.custodySince ?? (wish.releasedOn === undefined ? lostOn : undefined);
  if (to !== undefined && to <= from) from = daysBefore(to, random.between(30, 300));
  const count = random.between(wish.longAgo || wish.releasedOn !== undefined ? 2 : 1, 4);
  for (let n = 0; n < count; n += 1) {
    subject.mobiles.push({ number: world.phones.mobile(wish.seen), from, ...(to === undefined ? {} : { to }) });
    to = from;
    from = daysBefore(from, random.between(120, 700));
  }
}

/** Victim and subject carry one phone between them: both answer it. */
function sharePhone(subject: Draft, victim: Draft | undefined): void {
  const [shared] = subject.mobiles;
  if (victim !== undefined && shared !== undefined) victim.mobiles.push(shared);
}

function childrenOf(world: World, subject: Draft, victim: Draft | undefined, least: number): readonly Draft[] {
  if (victim?.core === undefined) return [];
  const { core } = victim;
  const youngest = Math.min(
    ...[subject, victim].map(({ dateOfBirth }) => yearOf(world.asOf) - yearOf(dateOfBirth) - 1),
  );
  const count = Math.max(
    least,
    world.random.weighted([
      [0, 5],
      [1, 2],
      [2, 2],
      [3, 1],
    ]),
  );
  return Array.from({ length: count }, () => {
    const child = bornInto(world, {
      kind: 'child',
      ages: [2, Math.min(16, Math.max(2, youngest - 16))],
      origin: subject.origin,
      family: subject.name.family,
    });
    related(subject, child, 'child', subject.sex === 'male' ? 'father' : 'mother');
    related(victim, child, 'child', victim.sex === 'male' ? 'father' : 'mother');
    movesIn(world, child, core.dwelling, 650);
    return child;
  });
}

function motherOf(world: World, subject: Draft, seen: boolean): Draft {
  const mother = elder(world, subject, 'female', 19, 38);
  related(subject, mother, 'mother', 'child');
  movesIn(world, mother, world.places.dwelling(), world.random.between(2000, 6000));
  getsPhone(world, mother, seen);
  if (world.random.chance(0.5))
    mother.landline = { number: world.phones.landline(), from: daysBefore(world.asOf, 2000) };
  return mother;
}

function elder(
  world: World,
  subject: Draft,
  sex: 'male' | 'female',
  least: number,
  most: number,
  given?: string,
): Draft {
  const years = world.random.between(least, most);
  const dateOfBirth = daysAfter(subject.dateOfBirth, -years * 365 - world.random.between(0, 364));
  const { origin, name } = subject;
  const named = given === undefined ? {} : { given };
  return bornInto(world, { kind: 'relative', ages: [40, 90], origin, sex, family: name.family, dateOfBirth, ...named });
}

/** Same birth date, surname, sex and childhood home; only the first name tells them apart. */
function twinOf(world: World, subject: Draft, seen: boolean): Draft {
  const { origin, sex, dateOfBirth, name } = subject;
  const lists = NAMES[origin];
  const names = (sex === 'male' ? lists.male : lists.female).filter((given) => given !== name.given);
  const alike = names.filter((given) => given.startsWith(name.given.charAt(0)));
  const given = world.random.pick(alike.length > 0 ? alike : names);
  const twin = bornInto(world, {
    kind: 'relative',
    ages: [0, 0],
    origin,
    sex,
    dateOfBirth,
    family: name.family,
    given,
  });
  related(subject, twin, 'twin', 'twin');
  if (subject.core !== undefined) movesIn(world, twin, subject.core.dwelling, world.random.between(300, 690));
  getsPhone(world, twin, seen);
  twin.pnc = world.identifiers.pnc(Number(dateOfBirth.slice(0, 4)) + 18);
  return twin;
}

/** Same name and same home, a generation older. */
function fatherOf(world: World, subject: Draft, seen: boolean): Draft {
  const father = elder(world, subject, subject.sex, 20, 35, subject.name.given);
  related(subject, father, subject.sex === 'male' ? 'father' : 'mother', 'child');
  if (subject.core !== undefined) movesIn(world, father, subject.core.dwelling, world.random.between(2000, 6000));
  getsPhone(world, father, seen);
  return father;
}

/** Same name and sex, a birth date a few years off or in the same year, and nothing to do with the subject. */
function namesakeOf(world: World, subject: Draft, seen: boolean): Draft {
  const { origin, sex, name } = subject;
  const dateOfBirth = daysAfter(subject.dateOfBirth, world.random.pick([-1400, -500, -200, -31, 31, 90, 365, 900]));
  const wish = { origin, sex, given: name.given, family: name.family, dateOfBirth };
  const namesake = bornInto(world, { kind: 'namesake', ages: [0, 0], ...wish });
  movesIn(world, namesake, world.places.dwelling(), world.random.between(300, 3000));
  getsPhone(world, namesake, seen);
  namesake.pnc = world.identifiers.pnc(Number(dateOfBirth.slice(0, 4)) + 18);
  return namesake;
}

function housemateOf(world: World, subject: Draft): Draft {
  const housemate = bornInto(world, { kind: 'household-member', ages: [19, 60] });
  const partner = world.random.chance(0.5);
  related(subject, housemate, partner ? 'partner' : 'friend', partner ? 'partner' : 'friend');
  const home = subject.residences.find((residence) => residence.kind === 'home' && residence.to === undefined);
  movesIn(world, housemate, home?.dwelling ?? world.places.dwelling(), world.random.between(60, 240));
  getsPhone(world, housemate, false);
  return housemate;
}

/** The number before the newest went back to the operator, who gave it to somebody else after three months or more. */
function reassignedNumber(world: World, subject: Draft, seen: boolean): { stranger?: Draft; reassigned?: Line } {
  const reassigned = subject.mobiles[1];
  if (reassigned?.to === undefined) return {};
  const stranger = bornInto(world, { kind: 'stranger', ages: [18, 80] });
  movesIn(world, stranger, world.places.dwelling(), world.random.between(300, 3000));
  const from = daysAfter(reassigned.to, world.random.between(90, 180));
  stranger.mobiles.push({ number: reassigned.number, from });
  subject.othersContacts.push({ kind: 'phone', value: reassigned.number, owner: stranger.id, worksFrom: from });
  if (!seen) getsEmail(world, stranger);
  return { stranger, reassigned };
}
