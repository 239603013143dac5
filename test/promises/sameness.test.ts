import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { quietWaitMs } from '../../gateway/disclosure/answer.ts';
import type { Disclosure } from '../../schemas/answer.ts';
import type { Reply } from '../agencies/asker.ts';
import type { CastCase } from '../population/cast-cases.ts';
import { numberIn, wordsIn } from '../journeys/spellings.ts';
import { answerOf, openStage, type Stage } from '../journeys/stage.ts';

/** What an asker may not know must not show: not in what is said, not in its length, not in its time. */

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage.close());

/** A reviewer of the landlord may learn that something is held, and no more: not that it is restricted. */
const review = (caseNumber: number, fields: readonly string[]): Promise<Reply> =>
  stage.disclosure(
    { agency: 'housing', role: 'ig.reviewer', purpose: 'IGREV', caseRef: stage.caseRef(caseNumber) },
    { fields },
  );

/** All that may differ between two answers about two men: their questions' own ids, moments and places in the log. */
function withoutIds(reply: Reply): unknown {
  const { disclosure, padding } = answerOf(reply);
  return { ...disclosure, questionId: '', askedAt: '', caseRef: '', padding: padding.length > 0 };
}

describe('P6: “not known” and “not for you” look the same', () => {
  const RYAN = 5;
  const EMMANUEL = 4;

  it('a record that its source restricts, and no record at all', async () => {
    const [restricted, unknown] = await Promise.all([review(RYAN, ['hea.phone']), review(EMMANUEL, ['hea.phone'])]);
    expect(withoutIds(restricted)).toEqual(withoutIds(unknown));
    expect(Buffer.byteLength(restricted.text)).toBe(Buffer.byteLength(unknown.text));
    expect(Buffer.byteLength(restricted.text)).toBe(8_192);
    const names = ({ headers }: Reply): string[] => Object.keys(headers);
    expect(names(restricted)).toEqual(names(unknown));
    expect(restricted.text).not.toContain('restrict');
    // One who may see what health holds is told: silence would be read as "nothing held" (P7).
    const worker = answerOf(await stage.contact(RYAN, stage.cases[RYAN - 1]?.allocatedTo ?? ''));
    expect(worker.disclosure.sources.find(({ agency }) => agency === 'health')?.outcome).toBe('restricted');
  });

  it('a question of which nothing may be answered names the same sources as one that finds nobody', async () => {
    const council = (field: string): Promise<Reply> =>
      stage.disclosure(
        { agency: 'riverton-council', role: 'dai.daiw', purpose: 'DAPG', caseRef: stage.caseRef(EMMANUEL) },
        { fields: [field] },
      );
    const before = stage.put.length;
    const notForHim = answerOf(await council('hea.nhs_number'));
    expect(stage.put).toHaveLength(before);
    const nobody = answerOf(await council('hea.name'));
    expect(stage.put).toHaveLength(before + 1);
    expect(notForHim.disclosure.sources).toEqual(nobody.disclosure.sources);
    expect(notForHim.disclosure.summary).toBe(nobody.disclosure.summary);
    expect(notForHim.disclosure.identity).toEqual(nobody.disclosure.identity);
  });

  it('every answer fills its size class', async () => {
    const replies = await Promise.all([1, 2, 3, 7].map((n) => stage.contact(n, stage.cases[n - 1]?.allocatedTo ?? '')));
    for (const { text } of replies) expect([8_192, 16_384, 32_768, 65_536]).toContain(Buffer.byteLength(text));
    expect(new Set(replies.map(({ text }) => text.length)).size).toBeGreaterThan(1);
  });

  it('an answer that discloses nothing leaves on the whole second, whatever it took; one that helps leaves at once', async () => {
    const { disclosure: nobody } = answerOf(await review(EMMANUEL, ['hea.phone']));
    const { disclosure: daniel } = answerOf(await stage.contact(1, stage.cases[0]?.allocatedTo ?? ''));
    const took = [1, 40, 250, 999.5, 1_000, 1_001, 3_999, 7_500];
    expect(took.map((ms) => ms + quietWaitMs(nobody, ms))).toEqual([
      1_000, 1_000, 1_000, 1_000, 1_000, 2_000, 4_000, 8_000,
    ]);
    expect(took.map((ms) => quietWaitMs(daniel, ms))).toEqual(took.map(() => 0));
    const onlyWithheld: Disclosure = { ...nobody, withheldContacts: daniel.withheldContacts };
    expect(quietWaitMs(onlyWithheld, 40)).toBe(0);
  });
});

describe('P8: at rest, in logs and in metrics nobody can be found', () => {
  it('no name, number, postcode, identifier or reason of the cast stands in any table, message or metric', async () => {
    const reason = 'His sister rang from the Okapi Arms about it';
    await stage.contact(1, stage.cases[0]?.allocatedTo ?? '', { reason });
    await stage.disclosure(
      { agency: 'police', role: 'pol.da_officer', purpose: 'MARAC', caseRef: stage.caseRef(10) },
      { subject: stage.cases[9]?.subject },
    );
    const tables = await stage.everythingAtRest();
    const kept = [tables, JSON.stringify(stage.said), await stage.metrics()].join('\n');
    expect(kept).toContain('question-disclosed');
    expect(wordsIn(kept, 'Okapi Arms')).toEqual([]);
    const found: string[] = [];
    for (const { name, contacts, dateOfBirth } of stage.population.citizens) {
      if (wordsIn(kept, `${name.given} ${name.family}`).length > 0) found.push(`name ${name.given} ${name.family}`);
      if (kept.includes(dateOfBirth)) found.push(`birth date ${dateOfBirth}`);
      for (const { kind, value } of contacts) {
        if (kind === 'phone' && numberIn(kept, value).length > 0) found.push(`number ${value}`);
        if (
          kind !== 'phone' &&
          wordsIn(kept, kind === 'email' ? value : (value.split(', ').at(-1) ?? value)).length > 0
        )
          found.push(value);
      }
    }
    for (const { pnc, nhsNumber, reference } of stage.population.holdings) {
      for (const identifier of [pnc, nhsNumber, reference.length > 6 ? reference : undefined]) {
        if (identifier !== undefined && kept.includes(identifier)) found.push(`identifier ${identifier}`);
      }
    }
    expect(found).toEqual([]);
  });

  it('and the check sees a case that is stored in clear', async () => {
    const [daniels] = stage.cases;
    const open = (kase: CastCase | undefined): string => JSON.stringify(kase);
    expect(
      wordsIn(open(daniels), 'Daniel Okoro').length + numberIn(open(daniels), '+447700900010').length,
    ).toBeGreaterThan(0);
    expect((await stage.everythingAtRest()).includes(daniels?.caseRef ?? '')).toBe(true);
  });

  it('and sees a number planted in a label, in a metric of ours, in what the runtime counts and beside a moment', async () => {
    // What the runtime counts of itself is not in these metrics: its samples vary, and other tests share the process.
    const metrics = `${await stage.metrics()}\nprocess_open_fds 21\n`;
    const planted = [
      ['a label of the runtime', metrics.replace(/^(process_\w+) /mu, '$1{of="900010"} ')],
      ['a label of ours', metrics.replace(/^(holdfast_\w+)\{/mu, '$1{of="07700 900010",')],
      ['a value of ours', metrics.replace(/^(holdfast_\S+) \S+$/mu, '$1 900010')],
      ['a value of the runtime', metrics.replace(/^(process_\S+) \S+$/mu, '$1 447700900010')],
      ['beside a moment', `${metrics}\n2026-11-22T12:18:46.123Z 900010`],
    ] as const;
    expect(numberIn(metrics, '+447700900010')).toEqual([]);
    expect(planted.filter(([, text]) => numberIn(text, '+447700900010').length === 0)).toEqual([]);
  });
});
