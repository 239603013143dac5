import { makePds, type Pds } from '../../../adapters/health/pds.ts';
import { ok } from '../../../schemas/result.ts';

/** The adapter's two reads over answers that a test gives: the last one repeats. */
export function cannedPds(...answers: readonly { readonly status?: number; readonly json?: unknown }[]) {
  const call = { deadline: { signal: new AbortController().signal, leftMs: () => 1_000 }, correlationId: 'c' };
  let asked = 0;
  const request = () => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    return Promise.resolve(ok({ status: answer?.status ?? 200, headers: {}, json: answer?.json }));
  };
  const pds = makePds({
    client: { request, close: () => Promise.resolve() },
    fhirPath: '',
    tokens: { take: () => Promise.resolve(ok('token')), forget: () => undefined },
    limit: { admit: () => Promise.resolve(ok(undefined)) },
    odsCode: 'X',
    newId: () => 'id',
  });
  return {
    patient: (): ReturnType<Pds['patient']> => pds.patient('9000000009', call),
    search: (): ReturnType<Pds['search']> => pds.search([], call),
  };
}
