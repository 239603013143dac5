import type { ResolveAnswer } from '../../../../gateway/cli/resolve.ts';
import type { Question } from '../registers/entries.ts';

const PROPERTIES = [
  'queryId',
  'subjectRecords',
  'probable',
  'clusters',
  'links',
  'needsAttention',
  'contacts',
  'withheldContacts',
];

/** What in an answer is not as the published format says; nothing where all is. */
export function formatFaults({ queryId, records }: Question, answer: ResolveAnswer): string[] {
  const ids = records.map(({ recordId }) => recordId);
  const known = new Set([...ids, 'subject']);
  const his = new Set(answer.subjectRecords);
  const own = answer.clusters.filter((cluster) => cluster.some((id) => his.has(id)));
  const claims: readonly (readonly [string, boolean])[] = [
    ['properties', Object.keys(answer).sort().join() === [...PROPERTIES].sort().join()],
    ['queryId is echoed', answer.queryId === queryId],
    ['every record is in one cluster, once', answer.clusters.flat().sort().join() === [...new Set(ids)].sort().join()],
    ['his records are of one cluster', own.length <= 1],
    ['no record is his and probable', answer.probable.every((id) => known.has(id) && !his.has(id))],
    ['links join what there is', answer.links.every(({ a, b }) => known.has(a) && known.has(b) && b !== 'subject')],
    ['links have bits', answer.links.every(({ bits }) => Number.isFinite(bits))],
    [
      'each of his records has a link to him',
      [...his].every((id) => answer.links.some(({ a, b }) => a === 'subject' && b === id)),
    ],
    [
      'attention names records',
      answer.needsAttention.every(({ recordIds }) => recordIds.length > 0 && recordIds.every((id) => known.has(id))),
    ],
    [
      'nothing withheld has a value',
      answer.withheldContacts.every((one) => Object.keys(one).join() === 'kind,reason,sources'),
    ],
    ...answer.contacts.map((contact): [string, boolean] => [
      `a contact of kind ${contact.kind}`,
      isWellFormed(contact, his),
    ]),
  ];
  return claims.flatMap(([claim, holds]) => (holds ? [] : [claim]));
}

function isWellFormed(
  { kind, value, probability, sources }: ResolveAnswer['contacts'][number],
  his: ReadonlySet<string>,
): boolean {
  const form = { phone: /^\+\d{8,15}$/u, email: /^[^\sA-Z]+@[^\sA-Z]+$/u, address: /[^a-z\s]{3}$/u }[kind];
  return (
    form.test(value) && probability >= 0 && probability <= 1 && sources.length > 0 && sources.every((id) => his.has(id))
  );
}
