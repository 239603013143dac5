import { z } from 'zod';
import type { GatewayKeys } from '../../deploy/keys-folder.ts';
import { decide } from '../../policies/engine/index.ts';
import { makeResponseSigner } from '../../gateway/api/sign-response.ts';
import { entryLeaves } from '../../gateway/audit/leaves.ts';
import { createCaseCipher } from '../../gateway/cases/case-cipher.ts';
import { askAll } from '../../gateway/disclosure/ask.ts';
import { discloserBases } from '../../gateway/disclosure/bases.ts';
import { link, type LinkedInCase } from '../../gateway/disclosure/link.ts';
import { makeRecordMark } from '../../gateway/disclosure/record-mark.ts';
import { professionals, reach } from '../../gateway/disclosure/reach.ts';
import { record } from '../../gateway/disclosure/record.ts';
import { decideOnRecords } from '../../gateway/disclosure/decide-on-records.ts';
import { release } from '../../gateway/disclosure/release.ts';
import type { SourceReport } from '../../gateway/disclosure/ask.ts';
import type { SealedCase } from '../../gateway/ports/case-register.ts';
import type { LogEntryBody } from '../../schemas/entry.ts';
import { ok } from '../../schemas/result.ts';
import { directQuestions, type DirectInput, type DirectQuestion } from './direct-questions.ts';

/** What the steps of a question cost that wait for nobody: each over and over on the same real answers, in CPU time. */

export interface PartsInput extends DirectInput {
  readonly keys: GatewayKeys;
}

export const partsSchema = z.strictObject({
  /** Microseconds of CPU for one question, or for as many calls as a question makes. */
  parts: z.array(z.strictObject({ name: z.string(), microseconds: z.number() })),
  recordsPerQuestion: z.number(),
});
export type Parts = z.infer<typeof partsSchema>;

const MARK = makeRecordMark(new Uint8Array(32));

interface Prepared {
  readonly question: DirectQuestion;
  readonly reports: readonly SourceReport[];
  readonly linked: LinkedInCase;
  readonly decisions: ReturnType<typeof decideOnRecords>;
  readonly reached: ReturnType<typeof reach>;
  readonly disclosure: ReturnType<typeof release>;
  readonly entry: LogEntryBody;
  readonly sealedCase: SealedCase;
}

/** @param seconds for each part */
export async function measureParts(input: PartsInput, seconds: number): Promise<Parts> {
  const prepared: Prepared[] = [];
  const cipher = createCaseCipher({ current: { id: 'master-1', key: input.keys.masterKey } });
  for (const question of directQuestions(input)) {
    prepared.push(await prepare(input, question, (kase) => cipher.seal(kase, 1)));
  }
  const { bundle, seal } = input;
  const signer = makeResponseSigner(input.keys.answerKeyPem, input.keys.answerKeyId);
  const [now, body] = [new Date(), JSON.stringify(prepared[0]?.disclosure)];
  const asOf = now.toISOString().slice(0, 10);
  const of = (name: string, once: (each: Prepared) => unknown): Promise<{ name: string; microseconds: number }> =>
    costOf(name, prepared, seconds, once);
  const parts = [
    await of('open the case (AES-GCM, zod)', ({ sealedCase }) => cipher.open(sealedCase)),
    await of('decide() over all fields, before', ({ question: { admitted } }) =>
      decide(bundle, admitted.policyRequest, 'all'),
    ),
    await of('linkRecords()', ({ question: { admitted }, reports }) => link(admitted.kase, reports, asOf, MARK, seal)),
    await of('decide() over all fields, after', ({ question: { admitted, planned } }) =>
      decideOnRecords(decide, bundle, admitted, planned.decisions),
    ),
    await of('reachSubject()', ({ question: { admitted }, linked, decisions }) =>
      reach(linked, admitted.kase, seal, asOf, decisions),
    ),
    await of('release()', ({ question: { admitted, planned: plan }, decisions, reports, linked, reached }) => {
      const showProfessional = professionals(linked, admitted.kase, seal, asOf, decisions);
      return release(bundle, admitted, decisions, { plan, reports, linked, reached, showProfessional });
    }),
    await of('disclosed entry: check, canonical', ({ entry }) => entryLeaves.prepare(entry)),
    await of('sign the answer (RFC 9421)', () =>
      signer.sign({ method: 'POST', path: '/v1/contact-requests' }, 200, body, now),
    ),
  ];
  const records = prepared.flatMap(({ reports }) => reports.flatMap(({ answer }) => answer.records)).length;
  return { parts, recordsPerQuestion: records / prepared.length };
}

async function prepare(
  { bundle, seal }: PartsInput,
  question: DirectQuestion,
  sealCase: (kase: DirectQuestion['admitted']['kase']) => SealedCase,
): Promise<Prepared> {
  const { admitted, planned: plan, asks } = question;
  const asOf = admitted.at.toISOString().slice(0, 10);
  const reports = await askAll(
    plan.asks.flatMap(({ guarded }) =>
      asks
        .filter(({ source }) => source === guarded.source)
        .map(({ question: asked }) => ({ guarded, question: asked })),
    ),
  );
  const linked = link(admitted.kase, reports, asOf, MARK, seal);
  const decisions = decideOnRecords(decide, bundle, admitted, plan.decisions);
  const reached = reach(linked, admitted.kase, seal, asOf, decisions);
  const showProfessional = professionals(linked, admitted.kase, seal, asOf, decisions);
  const disclosure = release(bundle, admitted, decisions, { plan, reports, linked, reached, showProfessional });
  const sources = plan.asks.map(({ guarded }) => guarded);
  const bases = discloserBases(bundle, sources, admitted);
  const plannedOn = admitted.policyRequest;
  const found = { reports, linked, reached, decisions, bases, plannedOn };
  const entry = await entryOf({ admitted, disclosure, found });
  return { question, reports, linked, decisions, reached, disclosure, entry, sealedCase: sealCase(admitted.kase) };
}

/** The entry that the pipeline itself would write, caught on its way to the log. */
async function entryOf(written: {
  readonly admitted: DirectQuestion['admitted'];
  readonly disclosure: Prepared['disclosure'];
  readonly found: Parameters<typeof record>[3];
}): Promise<LogEntryBody> {
  let entry: LogEntryBody | undefined;
  const nowhere = {
    append: (body: LogEntryBody) => {
      entry = body;
      return Promise.resolve(ok({ position: 0, entryHash: '', at: '' }));
    },
    head: () => Promise.resolve(ok(undefined)),
    read: () => Promise.resolve(ok([])),
    close: () => Promise.resolve(),
  };
  await record(nowhere, written.admitted, written.disclosure, written.found);
  if (entry === undefined) throw new Error('the pipeline wrote no entry');
  return entry;
}

async function costOf(
  name: string,
  prepared: readonly Prepared[],
  seconds: number,
  once: (each: Prepared) => unknown,
): Promise<{ name: string; microseconds: number }> {
  // The first rounds run in the interpreter; production does not stay there.
  await repeat(prepared, seconds / 2, once);
  const before = process.cpuUsage();
  const rounds = await repeat(prepared, seconds, once);
  const { user, system } = process.cpuUsage(before);
  return { name, microseconds: (user + system) / rounds };
}

async function repeat(
  prepared: readonly Prepared[],
  seconds: number,
  once: (each: Prepared) => unknown,
): Promise<number> {
  const endsAt = performance.now() + seconds * 1000;
  let rounds = 0;
  while (performance.now() < endsAt) {
    for (const each of prepared) await once(each);
    rounds += prepared.length;
  }
  return rounds;
}
