import { uniteObligations } from '../../../policies/engine/index.ts';
import type { Disclosure } from '../../../schemas/answer.ts';
import type { FieldDecision, Obligations } from '../../../schemas/decision.ts';
import type { FieldId } from '../../../schemas/names.ts';

/** What the receiver undertakes: the obligations of every field that is really in the answer, the strictest of each. */
export function obligationsOf(
  {
    contacts,
    records,
    whereabouts,
    openings = [],
  }: Pick<Disclosure, 'contacts' | 'records' | 'whereabouts' | 'openings'>,
  decisions: ReadonlyMap<FieldId, FieldDecision>,
): Obligations {
  const fields = new Set([
    ...[...contacts, ...openings, ...(whereabouts === undefined ? [] : [whereabouts])].flatMap(({ sources }) =>
      sources.map(({ field }) => field),
    ),
    ...records.flatMap((record) => record.fields.map(({ field }) => field)),
  ]);
  return uniteObligations([...fields].flatMap((field) => decisions.get(field)?.obligations ?? []));
}
