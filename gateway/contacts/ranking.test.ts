import { describe, expect, it } from '@jest/globals';
import type { ContactPoint, SealedContact } from '../../schemas/contact-point.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { reachSubject } from './reach.ts';
import { makeSeal } from './seal.ts';

/**
 * How often the first phone number given works and is his, on men made up here, beside the simple rule that a worker
 * would use: the most recently confirmed number that is not a placeholder. The world below is drawn with other life
 * spans than currency.ts assumes (numbers die faster, agencies differ, some dates are missing), so it does not
 * flatter the constants; it is a made-up world all the same. Floors catch regressions; they are no claim of accuracy.
 */

const seal = makeSeal(new Uint8Array(32).fill(5));
const asOf = '2026-11-22';
const TODAY = Date.parse(asOf) / 86_400_000;
const AGENCIES = ['police', 'probation', 'housing', 'health', 'childrens'] as const;
const MEN = 2_500;
const MEAN_LIFE_OF_A_NUMBER_DAYS = 600;

/** A small seeded generator (mulberry32), so that every run draws the same men. */
function makeDraw(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Man {
  readonly records: readonly SourceRecord[];
  readonly otherRecords: readonly SourceRecord[];
  readonly protectedContacts: readonly SealedContact[];
  /** The one number that reaches him today, if any does. */
  readonly works: string | undefined;
  /** Numbers that somebody in the answer shows to be another's. */
  readonly shownToBeOthers: ReadonlySet<string>;
}

const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

function drawMan(draw: () => number): Man {
  const free = Array.from({ length: 30 }, (_, index) => `+447700900${String(index + 100)}`);
  const next = (): string => free.pop() ?? '';
  const numbers: { value: string; from: number; to: number }[] = [];
  for (let day = TODAY - 2_200; day < TODAY;) {
    const life = -Math.log(1 - draw()) * MEAN_LIFE_OF_A_NUMBER_DAYS;
    numbers.push({ value: next(), from: day, to: day + life });
    day += life + (draw() < 0.15 ? 60 : 0);
    if (numbers.length > 12) break;
  }
  const current = numbers.find(({ from, to }) => from <= TODAY && TODAY < to);
  const hers = next();
  const mothers = next();
  const shown = new Set<string>();
  const protectedContacts: SealedContact[] = [];
  if (draw() < 0.7) {
    shown.add(hers);
    protectedContacts.push({ kind: 'phone', seal: seal('phone', hers) ?? '', whose: 'victim' });
  }
  const records = AGENCIES.filter(() => draw() < 0.6).map((agency): SourceRecord => {
    const contacts: ContactPoint[] = [];
    for (let contactsMade = 1 + Math.floor(draw() * 3); contactsMade > 0; contactsMade -= 1) {
      const day = Math.floor(TODAY - 2_000 * draw() ** 1.5);
      const then = numbers.find(({ from, to }) => from <= day && day < to);
      const roll = draw();
      const value = roll < 0.08 ? hers : roll < 0.16 ? mothers : then?.value;
      if (value === undefined) continue;
      const saysMother = value === mothers && draw() < 0.4;
      if (saysMother) shown.add(mothers);
      const isOver = value === then?.value && then.to < TODAY && draw() < 0.25;
      contacts.push({
        kind: 'phone',
        value: draw() < 0.5 ? value : `0${value.slice(3, 7)} ${value.slice(7)}`,
        recordedAs: saysMother ? 'mother' : draw() < 0.25 ? 'unknown' : 'self',
        ...(draw() < 0.85 ? { lastConfirmed: dateOf(day) } : {}),
        ...(isOver ? { to: dateOf(Math.max(day, Math.floor(then.to))) } : {}),
        ...(draw() < 0.1 ? { verified: true } : {}),
      });
    }
    if (draw() < 0.1) contacts.push({ kind: 'phone', value: '00000000000', recordedAs: 'self', lastConfirmed: asOf });
    return { recordId: `${agency}:1`, agency, system: agency, person: {}, contacts };
  });
  return { records, otherRecords: [], protectedContacts, works: current?.value, shownToBeOthers: shown };
}

const men = ((): readonly Man[] => {
  const draw = makeDraw(20_261_122);
  return Array.from({ length: MEN }, () => drawMan(draw));
})();

const isHeld = (man: Man): boolean =>
  man.records.some(({ contacts }) =>
    contacts.some(
      ({ value }) => seal('phone', value) !== undefined && seal('phone', value) === seal('phone', man.works ?? ''),
    ),
  );
const answerFor = (man: Man) =>
  reachSubject({
    subjectRecords: man.records,
    otherRecords: man.otherRecords,
    protectedContacts: man.protectedContacts,
    seal,
    asOf,
  });

/** The rival: the number with the latest date, placeholders dropped. */
function mostRecent(man: Man): string | undefined {
  const [latest] = man.records
    .flatMap(({ contacts }) => contacts)
    .filter(({ value }) => !/0{6}/.test(value))
    .sort((a, b) => ((a.lastConfirmed ?? '') < (b.lastConfirmed ?? '') ? 1 : -1));
  return latest === undefined ? undefined : latest.value.replace(/^0(\d{4}) /, '+44$1');
}

const answers = men.map((man) => ({ man, ranked: answerFor(man).ranked }));

describe('the first number given, over generated men', () => {
  const reachable = answers.filter(({ man }) => man.works !== undefined && isHeld(man));
  const share = (hits: number): number => hits / reachable.length;

  it('works and is his for at least 90 % of the men who can be reached, 5 points more than the most recent number', () => {
    const ours = share(reachable.filter(({ man, ranked }) => ranked[0]?.value === man.works).length);
    const rival = share(reachable.filter(({ man }) => mostRecent(man) === man.works).length);
    expect(reachable.length).toBeGreaterThan(1_000);
    expect(ours).toBeGreaterThanOrEqual(0.9);
    expect(ours - rival).toBeGreaterThanOrEqual(0.05);
  });

  it('P4: is never one that somebody in the answer shows to be another’s, nor is any later one', () => {
    const shown = answers.filter(({ man, ranked }) => ranked.some(({ value }) => man.shownToBeOthers.has(value)));
    expect(answers.some(({ man }) => man.shownToBeOthers.size > 0)).toBe(true);
    expect(shown).toEqual([]);
  });

  it('has a probability that means something: likelier numbers work more often, and not far from as often as said', () => {
    const numbers = answers.flatMap(({ man, ranked }) =>
      ranked.map(({ value, probability }) => ({ probability, isRight: value === man.works })),
    );
    const bins = [0, 1, 2, 3, 4].map((bin) => {
      const inBin = numbers.filter(({ probability }) => Math.min(4, Math.floor(probability * 5)) === bin);
      const said = inBin.reduce((sum, { probability }) => sum + probability, 0) / inBin.length;
      return {
        share: inBin.length / numbers.length,
        said,
        found: inBin.filter(({ isRight }) => isRight).length / inBin.length,
      };
    });
    const found = bins.map((bin) => bin.found);
    expect(found).toEqual([...found].sort((a, b) => a - b));
    const calibrationError = bins.reduce((sum, bin) => sum + bin.share * Math.abs(bin.said - bin.found), 0);
    expect(calibrationError).toBeLessThan(0.08);
  });
});
