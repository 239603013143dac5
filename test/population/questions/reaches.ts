import type { SourceRecord } from '../../../schemas/source-record.ts';
import { normaliseContact } from '../../../gateway/contacts/normalise.ts';
import { daysBefore } from '../calendar.ts';
import { oneLine } from '../places.ts';
import type { EarlierAttempt, TrueReach } from '../questions.ts';
import type { Random } from '../random.ts';
import type { Circle } from './circle.ts';
import { holdsOn, type Life, type Who } from './lives.ts';
import { QUARANTINE_DAYS, REISSUED } from './question-rates.ts';
import { friendsNumber } from './visits.ts';

/** Who is really reached through each contact point in his records, today; and what came of earlier attempts. */
export function reachTruth(
  random: Random,
  circle: Circle,
  his: readonly SourceRecord[],
): { readonly contacts: readonly TrueReach[]; readonly attempts: readonly EarlierAttempt[] } {
  const found = new Map<string, TrueReach>();
  for (const { contacts } of his) {
    for (const { kind, value } of contacts) {
      const read = normaliseContact(kind, value);
      if (read === undefined || found.has(`${kind} ${read.key}`)) continue;
      const reaches = reachedBy(random, circle, kind, read.key);
      found.set(`${kind} ${read.key}`, { kind, value: read.value, reaches });
    }
  }
  const contacts = [...found.values()];
  return { contacts, attempts: random.chance(0.35) ? attemptsOn(random, circle, contacts) : [] };
}

function reachedBy(random: Random, circle: Circle, kind: TrueReach['kind'], key: string): readonly Who[] {
  const lives = [circle.him, ...circle.others];
  if (kind === 'address') return whoOf(lives.filter((life) => livesThere(life, circle, key)));
  if (kind === 'email') return whoOf(lives.filter(({ email, emailAbandoned }) => email === key && !emailAbandoned));
  const holders = lives.filter(({ mobiles }) =>
    mobiles.some((line) => line.number === key && holdsOn(line, circle.asOf)),
  );
  const sharing = circle.cases.has('shares-phone-with-victim') && holders.includes(circle.him);
  if (holders.length > 0) return whoOf(sharing ? [...holders, circle.victim] : holders);
  if (key === friendsNumber(circle)) return ['friend'];
  const former = lives.flatMap(({ mobiles }) => mobiles).find(({ number }) => number === key);
  const quarantined = former?.to !== undefined && former.to > daysBefore(circle.asOf, QUARANTINE_DAYS);
  return quarantined || !random.chance(REISSUED) ? [] : ['stranger'];
}

const whoOf = (lives: readonly Life[]): readonly Who[] => [...new Set(lives.map(({ who }) => who))];

function livesThere(life: Life, { asOf }: Circle, key: string): boolean {
  const now = life.homes.filter((home) => holdsOn(home, asOf)).at(-1);
  return now !== undefined && normaliseContact('address', oneLine(now.dwelling))?.key === key;
}

/** What a worker noted of one or two numbers in the last season: mostly what is true today, and often no answer. */
function attemptsOn(random: Random, { asOf }: Circle, contacts: readonly TrueReach[]): readonly EarlierAttempt[] {
  const phones = contacts.filter(({ kind }) => kind === 'phone');
  return phones.slice(0, random.between(1, 2)).map(({ kind, value, reaches }) => ({
    kind,
    value,
    outcome: outcomeOf(random, reaches),
    at: daysBefore(asOf, random.between(1, 90)),
  }));
}

/** Nobody picks up more often than not, whoever has the number; the shares are assumptions. */
function outcomeOf(random: Random, reaches: readonly Who[]): EarlierAttempt['outcome'] {
  if (random.chance(0.05)) return 'not-tried';
  const [who] = reaches;
  if (who === undefined) return random.chance(0.6) ? 'no-answer' : 'not-his';
  if (random.chance(0.55)) return 'no-answer';
  if (reaches.includes('victim')) return random.chance(0.8) ? 'victim-answered-or-may-have' : 'someone-else';
  if (who === 'himself') return 'reached-him';
  return random.chance(0.5) ? 'someone-else' : 'not-his';
}
