import { hash } from 'node:crypto';
import type { LogEntryBody } from '../../../schemas/entry.ts';
import { makeWordTokens } from '../../../gateway/review/reasons/word-tokens.ts';
import { randomOf, type Random } from '../../population/random.ts';

/** Entries as a borough's work over years would leave them: a few busy cases and workers, many quiet ones. */

const RECIPIENTS = ['riverton-council', 'police', 'probation', 'housing', 'health', 'childrens'] as const;
const ROLES: Readonly<Record<(typeof RECIPIENTS)[number], string>> = {
  'riverton-council': 'dai.daiw',
  police: 'pol.da_officer',
  probation: 'pro.practitioner',
  housing: 'hou.tenancy_officer',
  health: 'hea.safeguarding_lead',
  childrens: 'chi.social_worker',
};
const OWNED: readonly (readonly [agency: string, fields: readonly string[], power: string])[] = [
  ['police', ['pol.phone', 'pol.address', 'pol.markers', 'pol.orders'], 'CDA115'],
  ['probation', ['pro.phone', 'pro.address', 'pro.rosh'], 'OMA07'],
  ['housing', ['hou.phone', 'hou.address', 'hou.tenancy'], 'CDA115'],
  ['health', ['hea.phone', 'hea.gp'], 'S251B'],
  ['childrens', ['chi.phone'], 'CA04'],
];
const PURPOSES = ['ENGAGE', 'MARAC', 'DAPG', 'MAPPA', 'S47', 'HOUSING', 'BREACH', 'EMERG'] as const;
const OUTCOMES = ['found', 'found', 'found', 'none-held', 'timed-out', 'unavailable'] as const;
const WORDS = 'first call after panel met he moved sister hostel number wrong again visit office licence risk today';
const STAFF_EACH = 70;
const YEARS = 5;

export const BEGIN = Date.UTC(2021, 0, 1);
export const END = BEGIN + YEARS * 365 * 86_400_000;

const digest = (text: string): string => hash('sha256', text, 'base64url');
/** Drawn so that small numbers come far more often, as busy cases and workers do. */
const skewed = (random: Random, count: number): number => Math.floor(count * random.fraction() ** 3);

export interface BoroughEntry {
  readonly at: string;
  readonly body: LogEntryBody;
  readonly tokens: readonly string[];
}

export const wordTokens = makeWordTokens(new Uint8Array(32).fill(3));
const WORD_TOKENS = WORDS.split(' ').map((word) => wordTokens(word)[0] ?? '');

/** What may be searched for, drawn as the entries draw it. */
export interface Drawn {
  readonly agency: string;
  readonly staffId: string;
  readonly role: string;
  readonly caseRef: string;
  readonly subject: string;
  readonly purpose: string;
  readonly owner: string;
  readonly field: string;
  readonly power: string;
  readonly policyVersion: string;
  readonly word: string;
}

/** @param cases how many there are */
export function drawn(random: Random, cases: number): Drawn {
  const agency = random.pick(RECIPIENTS);
  const kase = skewed(random, cases);
  const [owner, fields, power] = random.pick(OWNED);
  return {
    ...{ agency, owner, power },
    staffId: `${agency.slice(0, 3)}.worker-${skewed(random, STAFF_EACH)}`,
    role: ROLES[agency],
    caseRef: `DAPG-${2021 + (kase % YEARS)}-${String(kase).padStart(5, '0')}`,
    subject: digest(`subject ${kase}`),
    purpose: random.pick(PURPOSES),
    field: random.pick(fields),
    policyVersion: `v1.${random.between(0, 19)}.0`,
    word: random.pick(WORDS.split(' ')),
  };
}

/** Entries whose chance numbers begin anew, so that any part of a long log can be made by itself. */
const BLOCK = 32_768;

/**
 * Two entries a question, question by question, evenly over the years.
 * @param part from which position to which, both even; all of the `count` when not given
 */
export function* boroughLog(
  seed: number,
  count: number,
  { from, until } = { from: 0, until: count },
): Generator<BoroughEntry> {
  const cases = Math.max(50, Math.min(90_000, Math.floor(count / 100)));
  for (let block = from - (from % BLOCK); block < until; block += BLOCK) {
    const random = randomOf(seed + block);
    for (let n = block; n < Math.min(block + BLOCK, count); n += 2) {
      const at = new Date(BEGIN + Math.floor(((END - BEGIN) * n) / count)).toISOString();
      const asked = drawn(random, cases);
      const tokens = Array.from({ length: 8 }, () => random.pick(WORD_TOKENS));
      const both = [
        { at, body: consultedBy(asked, at, n), tokens },
        { at, body: disclosedTo(asked, at, n, random), tokens: [] },
      ];
      if (n >= until) return;
      if (n >= from) yield* both;
    }
  }
}

function questionOf(asked: Drawn, at: string, n: number) {
  return {
    v: 1 as const,
    at,
    regime: 'uk-gdpr' as const,
    questionId: `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
    route: 'disclosure' as const,
    requester: {
      agency: asked.agency,
      clientId: `${asked.agency}-system`,
      certificate: CERTIFICATE,
      staffId: asked.staffId,
      role: asked.role,
    },
    purpose: asked.purpose,
    caseRef: asked.caseRef,
    subject: asked.subject,
    policyVersion: asked.policyVersion,
  };
}

const CERTIFICATE = digest('certificate');

const consultedBy = (asked: Drawn, at: string, n: number): LogEntryBody => ({
  kind: 'question-consulted',
  ...questionOf(asked, at, n),
  operations: ['consultation'],
  reasonDigest: CERTIFICATE,
});

function disclosedTo(asked: Drawn, at: string, n: number, random: Random): LogEntryBody {
  const sources = OWNED.filter(([agency]) => agency !== asked.agency).map(([source]) => ({
    source,
    outcome: random.pick(OUTCOMES),
    tookMs: 20,
  }));
  const found = sources.filter(({ outcome }) => outcome === 'found').map(({ source }) => source);
  return {
    kind: 'question-disclosed',
    ...questionOf(asked, at, n),
    operations: ['disclosure'],
    consultedAt: n,
    sources,
    fields: OWNED.filter(([agency]) => found.includes(agency)).flatMap(([source, fields, power]) =>
      fields
        .filter(() => random.chance(0.6))
        .map((field) => ({
          ...{ field, source, count: 1, level: 'full' as const, reason: 'granted' as const },
          ...{ grants: ['engage-contact'], caps: [], powers: [power], obligations: { retainMonths: 12 } },
        })),
    ),
    withheld: {},
    bodyDigest: CERTIFICATE,
  };
}
