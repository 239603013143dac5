import { transformTo, type PolicyBundle } from '../../../policies/engine/index.ts';
import type { Disclosure, ReleasedOpening } from '../../../schemas/answer.ts';
import type { FieldDecision } from '../../../schemas/decision.ts';
import type { FieldId } from '../../../schemas/names.ts';
import type { Opening } from '../../contacts/openings.ts';
import type { Reach } from '../../contacts/reach.ts';
import type { RecordsById } from './contacts.ts';

type Decisions = ReadonlyMap<FieldId, FieldDecision>;

/**
 * Whom to ring where no contact point is usable, each only as far as policy shows the field that names them: a
 * practitioner at the level decided, a place only where it may be shown in full, because its kind says where he is.
 */
export function releaseOpenings(
  bundle: PolicyBundle,
  { openings, bestPlaced }: Pick<Reach, 'openings' | 'bestPlaced'>,
  records: RecordsById,
  decisions: Decisions,
): Pick<Disclosure, 'openings' | 'bestPlaced'> {
  const released = openings.flatMap((opening) => releaseOpening(bundle, opening, records, decisions));
  const placed =
    bestPlaced !== undefined && levelOf(bestPlaced.source.field, decisions) !== 'deny'
      ? { agency: bestPlaced.agency, because: `${bestPlaced.because}.` }
      : undefined;
  // "Deals with him now" is itself what the opening says: it goes no further than the opening does.
  const isTold =
    placed !== undefined && (openings.length === 0 || released.some(({ agency }) => agency === placed.agency));
  return {
    ...(released.length === 0 ? {} : { openings: released }),
    ...(placed !== undefined && isTold ? { bestPlaced: placed } : {}),
  };
}

function releaseOpening(
  bundle: PolicyBundle,
  { kind, agency, source, professional, because }: Opening,
  records: RecordsById,
  decisions: Decisions,
): ReleasedOpening[] {
  const terms = bundle.fields.get(source.field);
  const level = levelOf(source.field, decisions);
  const record = records.get(source.recordId);
  if (terms === undefined || record === undefined || level === 'deny') return [];
  const asAt = record.lastUpdated === undefined ? {} : { asAt: record.lastUpdated };
  const opening = { kind, agency, because: `${because}.`, sources: [{ agency, field: source.field, ...asAt }] };
  if (professional === undefined) return level === 'full' ? [{ ...opening, level }] : [];
  const value = transformTo(level, professional, terms);
  return value === undefined ? [] : [{ ...opening, level: value.level, professional: value }];
}

const levelOf = (field: FieldId, decisions: Decisions) => decisions.get(field)?.level ?? 'deny';
