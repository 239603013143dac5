import type { ContactKind } from '../../schemas/contact-point.ts';
import type { AgencyId } from '../../schemas/names.ts';
import type { Holding } from './candidate.ts';
import type { Currency } from './currency.ts';
import { sayDate } from './dates.ts';
import { sayDead } from './death.ts';
import { isInService } from './evidence.ts';
import type { Tried } from './attempts.ts';
import type { CalledAs } from './likely-his.ts';
import { compareText } from './order.ts';
import { arePlural, capital, sayAgencies } from './say-agencies.ts';
import type { Slip } from './slip.ts';
import type { Situation } from './whereabouts.ts';

/** What a sentence is made of: nothing here holds the value, so no sentence can. */
export interface Grounds {
  readonly kind: ContactKind;
  readonly holdings: readonly Holding[];
  readonly calledAs: CalledAs;
  readonly shared: boolean;
  readonly currency: Currency;
  readonly situation: Situation;
  /** A newer mobile or home of his is shown too. */
  readonly hasNewer: boolean;
  readonly slip: Slip | undefined;
  readonly tried: Tried;
  readonly required: boolean;
  readonly onHold: boolean;
}

/**
 * One sentence, at most 400 characters, that says why a contact point stands where it does: before all else that he is
 * recorded as dead, then who holds it as what, who confirmed it when, and what speaks against it.
 */
export function sayWhy(grounds: Grounds): string {
  const { death } = grounds.situation;
  const dead = death === undefined ? '' : sayDead(death);
  const held = grounds.onHold ? 'the panel monitors or holds this case, so nobody is to contact him' : '';
  const clauses = [
    dead,
    held,
    who(grounds),
    ordered(grounds),
    confirmed(grounds),
    sayTried(grounds),
    ...doubts(grounds),
    alone(grounds),
  ].filter((clause) => clause !== '');
  return fitted(capital(clauses[0] ?? ''), clauses.slice(1));
}

const LONGEST = 400;

/** Whole clauses only: the first says the most important, and what no longer fits is less so. */
function fitted(first: string, clauses: readonly string[]): string {
  let sentence = first;
  for (const clause of clauses) if (sentence.length + clause.length + 3 <= LONGEST) sentence += `; ${clause}`;
  return `${sentence.slice(0, LONGEST - 1)}.`;
}

function who({ kind, holdings, calledAs, currency }: Grounds): string {
  if (currency.notifiedOn !== undefined) {
    const day = sayDate(currency.notifiedOn);
    return `by law he must tell police where he lives (Domestic Abuse Act 2021 s.41), and he gave this address on ${day}`;
  }
  const thing = currency.wear === 'landline' || currency.wear === 'mobile' ? currency.wear : THING[kind];
  const calling = agenciesOf(holdings.filter(({ contact }) => (contact.recordedAs ?? 'unknown') === calledAs));
  const merely = agenciesOf(holdings).filter((agency) => !calling.includes(agency));
  if (calledAs === 'unknown') return `${sayHolders(agenciesOf(holdings))} without saying whose ${thing} it is`;
  const as = `${sayHolders(calling)} as ${AS[calledAs](thing)}`;
  return merely.length === 0 ? as : `${as}, and ${sayHolders(merely)} too`;
}

const THING: Readonly<Record<ContactKind, string>> = { phone: 'number', email: 'e-mail address', address: 'address' };
const AS: Readonly<Record<Exclude<CalledAs, 'unknown'>, (thing: string) => string>> = {
  self: (thing) => `his ${thing}`,
  work: (thing) => `the ${thing} of his work, so others may answer`,
  hostel: (thing) => `the ${thing} of a hostel, so staff may answer`,
};

function confirmed({ holdings, currency, situation }: Grounds): string {
  const { lastConfirmed, confirmedBy, flags, notifiedOn } = currency;
  if (lastConfirmed === undefined) return undatedBecause(holdings, situation);
  if (lastConfirmed === notifiedOn) return '';
  const day = lastConfirmed === situation.asOf ? 'today' : `on ${sayDate(lastConfirmed)}`;
  if (flags.has('old')) return `nobody has confirmed it since ${sayDate(lastConfirmed)}`;
  const each = confirmedBy.length > 2 ? 'all' : confirmedBy.length === 2 ? 'both' : '';
  const isEverybody = each !== '' && confirmedBy.length === agenciesOf(holdings).length;
  return `${isEverybody ? '' : `${sayAgencies(confirmedBy)} `}${each} confirmed it ${day}`.trim().replace('  ', ' ');
}

function ordered({ required }: Grounds): string {
  return required ? 'an order obliges him to live there' : '';
}

/** Only of what one man has to himself: whose record holds it too would have withheld it. */
function alone({ kind, calledAs, tried }: Grounds): string {
  const answeredByAnother = tried.last?.outcome === 'not-his' || tried.last?.outcome === 'someone-else';
  if (kind === 'address' || calledAs !== 'self' || answeredByAnother) return '';
  return 'no source records it as anybody else’s';
}

function sayTried({ tried: { last, reachedOn } }: Grounds): string {
  if (last === undefined) return '';
  const before =
    reachedOn === undefined || reachedOn === last.at ? '' : `, though he was reached on ${sayDate(reachedOn)}`;
  const day = sayDate(last.at);
  switch (last.outcome) {
    case 'reached-him':
      return `he was reached by it on ${day}`;
    case 'no-answer':
      return `nobody answered on ${day}${before}`;
    case 'not-his':
      return `on ${day} it was said not to be his${before}`;
    case 'someone-else':
      return `on ${day} somebody else answered${before}`;
    case 'victim-answered-or-may-have':
    case 'not-tried':
      return '';
  }
}

function undatedBecause(holdings: readonly Holding[], { asOf }: Situation): string {
  const serving = agenciesOf(holdings.filter(({ contact }) => isInService(contact, asOf)));
  if (serving.length === 0) return 'no source says when it was last confirmed';
  return `no source dates it, but a worker of ${serving.join(' and ')} is dealing with him now`;
}

function doubts({ kind, shared, currency, situation, hasNewer, slip }: Grounds): readonly string[] {
  const { custody, releasedOn, noFixedAbodeOn } = situation;
  const place = kind === 'address' ? 'he is not there' : 'it is unlikely to reach him';
  return [
    slip === undefined ? '' : SLIP[slip],
    currency.endedOn === undefined ? '' : `it was marked as ended on ${sayDate(currency.endedOn)}`,
    currency.stillHis < 1 ? 'the number may since have gone to a stranger' : '',
    currency.replaced ? 'he has since notified another address' : '',
    hasNewer && !currency.replaced ? `a newer ${kind === 'address' ? 'address' : 'mobile'} is on file` : '',
    currency.beginsOn === undefined ? '' : `it only begins on ${sayDate(currency.beginsOn)}`,
    custody?.state === 'in-custody' ? `he is in custody, so ${place}` : '',
    custody?.state === 'release-due' ? 'he was due out of custody but nobody has confirmed his release' : '',
    currency.beforeCustody && releasedOn !== undefined
      ? `he was in custody until ${sayDate(releasedOn)} and nobody has confirmed it since`
      : '',
    currency.beforeHomeless
      ? noFixedAbodeOn === undefined
        ? 'he is recorded as having no fixed abode'
        : `he was recorded as having no fixed abode on ${sayDate(noFixedAbodeOn)}`
      : '',
    shared ? 'somebody else is recorded there too, so check before writing or visiting' : '',
    currency.flags.has('not-verified') ? 'it has not been verified' : '',
  ].filter((clause) => clause !== '');
}

const SLIP: Readonly<Record<Slip, string>> = {
  'written-wrong': 'it differs in one digit from a better known number of his, so it is most likely a typing mistake',
  either: 'it differs in one digit from another number of his, so one of the two is most likely a typing mistake',
};

function agenciesOf(holdings: readonly Holding[]): readonly AgencyId[] {
  return [...new Set(holdings.map(({ record }) => record.agency))].sort(compareText);
}

function sayHolders(agencies: readonly AgencyId[]): string {
  const hold = arePlural(agencies) ? 'hold' : 'holds';
  const verb = agencies.length > 2 ? `all ${hold}` : agencies.length === 2 ? `both ${hold}` : hold;
  return `${sayAgencies(agencies)} ${verb} it`;
}
