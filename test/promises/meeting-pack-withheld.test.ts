import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AgencySource } from '../../gateway/ports/agency-source.ts';
import type { Seal } from '../../gateway/contacts/seal.ts';
import { sourceRecordSchema, type SourceRecord } from '../../schemas/source-record.ts';
import { askedPack, sendFilled, threeOf } from '../journeys/pages-panel.ts';
import { makePlainBrowser, signIn, type PlainBrowser } from '../journeys/plain-browser.ts';
import { openStage, today, type Stage } from '../journeys/stage.ts';

/**
 * P4 attacked through meeting packs: generated answers of agencies, generated protection, set before or after the agencies
 * were asked. A number of which the meeting may know the ending may not show even that where it is somebody else's.
 */

const ENDINGS = ['111', '222', '333', '444', '555'];
const phoneOf = (ending: string): string => `07700 900${ending}`;
/** In any spelling, whole or as the ending that the meeting is otherwise told. */
const tracesOf = (ending: string): RegExp => new RegExp(`7700\\D{0,3}900\\D{0,3}${ending}|ending ${ending}`, 'u');

const held = fc.record({
  ending: fc.constantFrom(...ENDINGS),
  // Mostly his own, so that there is something to show beside what must not be.
  recordedAs: fc.constantFrom(
    'self' as const,
    'self' as const,
    'self' as const,
    'self' as const,
    'partner' as const,
    'mother' as const,
  ),
});
type Held = typeof held extends fc.Arbitrary<infer T> ? T : never;
const scenario = fc.record({
  answers: fc.array(fc.array(held, { maxLength: 2 }), { minLength: 5, maxLength: 5 }),
  before: fc.uniqueArray(fc.constantFrom(...ENDINGS), { maxLength: 1 }),
  since: fc.uniqueArray(fc.constantFrom(...ENDINGS), { maxLength: 1 }),
});

const FIELD_OF = new Map([
  ['police', 'pol.phone'],
  ['probation', 'pro.phone'],
  ['housing', 'hou.phone'],
  ['health', 'hea.phone'],
  ['childrens', 'chi.phone'],
]);

const isOthers = ({ recordedAs }: Held): boolean => recordedAs === 'partner' || recordedAs === 'mother';

let stage: Stage;
let helen: PlainBrowser;
let answers: readonly (readonly Held[])[] = [];

function generating(source: AgencySource, nth: number): AgencySource {
  return {
    ...source,
    ask: ({ seal }) => Promise.resolve({ outcome: 'found' as const, records: [recordOf(source.agency, nth, seal)] }),
  };
}

/** As adapters do: what is not his goes out sealed whatever was asked for, so that another agency's slip is noticed. */
function recordOf(agency: string, nth: number, seal: Seal): SourceRecord {
  const ofOthers = (answers[nth] ?? []).filter(isOthers);
  return sourceRecordSchema.parse({
    ...{ recordId: `${agency}:1`, agency, system: 'records' },
    person: stage.cases[0]?.subject ?? {},
    contacts: (answers[nth] ?? []).map(({ ending, recordedAs }) => ({
      ...{ kind: 'phone', value: phoneOf(ending), recordedAs },
      field: FIELD_OF.get(agency),
    })),
    othersContacts: ofOthers.map(({ ending }) => ({
      kind: 'phone',
      seal: seal('phone', phoneOf(ending)),
      whose: 'mother',
    })),
  });
}

beforeAll(async () => {
  stage = await openStage({ pages: {}, sources: (five) => five.map(generating) });
  helen = makePlainBrowser(stage.partnership.pki.authority.certificatePem);
  await signIn(helen, `${stage.partnership.pagesUrl ?? ''}/`, 'helen.marsh');
});
afterAll(async () => {
  await helen.close();
  await stage.close();
});

async function putCase(nth: number, protecting: readonly string[]): Promise<string> {
  const [first] = stage.cases;
  if (first === undefined) throw new Error('the cast has no case');
  const protectedContacts = protecting.map((ending) => ({
    ...{ kind: 'phone' as const, value: phoneOf(ending), whose: 'victim' as const },
  }));
  const caseRef = stage.caseRef(700 + nth);
  await stage.partnership.putCase({ ...first, caseRef, protectedContacts });
  return caseRef;
}

describe('P4: over every sheet of a pack', () => {
  it('no value that a source or the case marks as another’s, whenever it was marked', async () => {
    const url = stage.partnership.pagesUrl ?? '';
    let [nth, shown] = [0, 0];
    await fc.assert(
      fc.asyncProperty(scenario, async (drawn) => {
        answers = drawn.answers;
        nth += 1;
        const caseRef = await putCase(nth, drawn.before);
        const typed = { purpose: 'DAPG', ...threeOf('on', today()), cases: caseRef };
        const check = await sendFilled(helen, await helen.open(`${url}/meetings/new`), { ...typed, step: 'check' });
        const pack = await askedPack(helen, await sendFilled(helen, check, { step: 'begin' }));
        if (drawn.since.length > 0) await putCase(nth, [...drawn.before, ...drawn.since]);
        const places = ['', '/print', `/cases/${caseRef}`];
        const came = await Promise.all(places.map(async (place) => (await helen.open(`${pack.url}${place}`)).html));
        const others = drawn.answers.flat().filter(isOthers);
        const forbidden = new Set([...others.map(({ ending }) => ending), ...drawn.before, ...drawn.since]);
        for (const ending of forbidden) for (const html of came) expect(html).not.toMatch(tracesOf(ending));
        shown += ENDINGS.filter((ending) => came.some((html) => tracesOf(ending).test(html))).length;
      }),
      { seed: 30, numRuns: 12 },
    );
    // The test can fail: values that are his own were shown, as far as the meeting may know them.
    expect(shown).toBeGreaterThan(0);
  }, 120_000);
});
