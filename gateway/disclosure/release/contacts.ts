import { transformContact } from '../../../policies/engine/index.ts';
import type { Disclosure, ReleasedContact } from '../../../schemas/answer.ts';
import type { FieldDecision } from '../../../schemas/decision.ts';
import { LEVELS, type Level } from '../../../schemas/level.ts';
import type { AgencyId, FieldId } from '../../../schemas/names.ts';
import type { RankedContact, WithheldContact, WithheldReason } from '../../../schemas/reach.ts';
import type { ContactSource } from '../../contacts/candidate.ts';
import type { SourceRecord } from '../../../schemas/source-record.ts';
import { BEFORE_CONTACT } from '../../contacts/death.ts';
import type { Reach } from '../../contacts/reach.ts';

type Decisions = ReadonlyMap<FieldId, FieldDecision>;

/** Which record each id is, for provenance. */
export type RecordsById = ReadonlyMap<string, SourceRecord>;

/** The ranked contact points, each at the best level that one of its sources permits. */
export function releaseContacts(
  ranked: readonly RankedContact[],
  records: RecordsById,
  decisions: Decisions,
): ReleasedContact[] {
  const released: ReleasedContact[] = [];
  for (const contact of ranked) {
    const level = bestLevel(contact.sources, decisions);
    const value = transformContact(level, contact.kind, contact.value);
    if (value === undefined) continue;
    released.push({
      rank: released.length + 1,
      kind: contact.kind,
      level: value.level,
      value,
      probability: Math.round(contact.probability * 100) / 100,
      because: contact.because,
      flags: contact.flags,
      ...(contact.lastConfirmed === undefined ? {} : { lastConfirmed: contact.lastConfirmed }),
      sources: provenanceOf(contact.sources, records, decisions),
    });
  }
  return released;
}

/** What is held back, by kind and reason: no value, no count, nothing from which one could be worked out (P4). */
export function releaseWithheld(
  withheld: readonly WithheldContact[],
  records: RecordsById,
): Disclosure['withheldContacts'] {
  return withheld.map(({ kind, reason, sources }) => ({
    kind,
    reason,
    agencies: agenciesOf(sources, records),
    sentence: WITHHELD_BECAUSE[reason],
  }));
}

/** What an asker reads in a withheld value's place. */
export const WITHHELD_BECAUSE: Record<WithheldReason, string> = {
  'victim-may-answer':
    'Held back: at an earlier attempt the victim answered there, or may have. Do not try to find or use it.',
  'safety-block': 'Held back: victim services have asked that it is not used. Speak to them first.',
  'excluded-by-order': 'Held back: an order forbids him to be there. Do not go to, or ask for, his address on file.',
  'protected-person': 'Held back: it belongs to a protected person of this case. Do not look for it elsewhere.',
  'recorded-as-others': 'Held back: a source records it as another person’s.',
  'held-by-another-record': 'Held back: another person’s record holds it too, so it may not reach him.',
  'location-of-protected-person':
    'Held back: a protected person may live there. Do not go to, or ask for, his address on file.',
  unusable: 'Held back: what the source holds is not a number, e-mail or address that can be used.',
};

type Whereabouts = NonNullable<Disclosure['whereabouts']>;

/**
 * That he is recorded as dead, before all else, and where he is when that is not an address: each in full, or only that
 * it is known, by the level of its own sources.
 */
export function releaseWhereabouts(
  whereabouts: Reach['whereabouts'],
  records: RecordsById,
  decisions: Decisions,
): { whereabouts?: Whereabouts } {
  if (whereabouts === undefined) return {};
  const { death, sources, because } = whereabouts;
  const parts = [
    ...(death === undefined ? [] : [{ sources: death.sources, because: death.because, briefly: DEAD_BRIEFLY }]),
    { sources, because, briefly: 'A source holds where he is; this purpose does not show it.' },
  ].flatMap((part) => {
    const level = bestLevel(part.sources, decisions);
    if (level === 'deny') return [];
    return [{ isFull: level === 'full', sentence: level === 'full' ? part.because : part.briefly, of: part.sources }];
  });
  if (parts.length === 0) return {};
  return {
    whereabouts: {
      level: parts.some(({ isFull }) => isFull) ? 'full' : 'exists',
      sentence: fitted(parts.map(({ sentence }) => sentence)),
      sources: provenanceOf(eachOnce(parts.flatMap(({ of }) => of)), records, decisions),
    },
  };
}

/** The day and who says so stay behind; that he may be dead cannot, or somebody calls his family. */
const DEAD_BRIEFLY = `A source records that he has died. ${BEFORE_CONTACT}`;

const LONGEST = 600;

/** Whole parts only, the first before all: a name that never ends must not push the death out of the answer. */
function fitted(sentences: readonly string[]): string {
  return sentences.reduce((said, next) => {
    const longer = said === '' ? next : `${said} ${next}`;
    return longer.length <= LONGEST ? longer : said;
  }, '');
}

/** One record may say both that he died and that he had no fixed abode. */
function eachOnce(sources: readonly ContactSource[]): ContactSource[] {
  return [...new Map(sources.map((source) => [`${source.recordId} ${source.field ?? ''}`, source])).values()];
}

function bestLevel(sources: readonly ContactSource[], decisions: Decisions): Level {
  const levels = sources.map(({ field }) => LEVELS.indexOf(levelOf(field, decisions)));
  return LEVELS[Math.max(0, ...levels)] ?? 'deny';
}

function levelOf(field: FieldId | undefined, decisions: Decisions): Level {
  return field === undefined ? 'deny' : (decisions.get(field)?.level ?? 'deny');
}

/** Only sources that the asker may see anything of are named. */
function provenanceOf(sources: readonly ContactSource[], records: RecordsById, decisions: Decisions) {
  return sources.flatMap(({ recordId, field }) => {
    const record = records.get(recordId);
    if (record === undefined || field === undefined || levelOf(field, decisions) === 'deny') return [];
    return [
      { agency: record.agency, field, ...(record.lastUpdated === undefined ? {} : { asAt: record.lastUpdated }) },
    ];
  });
}

function agenciesOf(sources: readonly ContactSource[], records: RecordsById): AgencyId[] {
  const agencies = sources
    .map(({ recordId }) => records.get(recordId)?.agency)
    .filter((agency) => agency !== undefined);
  return [...new Set(agencies)].sort();
}
