import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requestOfCell } from '../../policies/engine/compile/request-of-cell.ts';
import type { Space } from '../../policies/engine/compile/space.ts';
import { interpret } from '../../policies/engine/index.ts';
import type { PolicyBundle } from '../../policies/engine/index.ts';
import { holdsIn, readExamples } from '../../policies/engine/mutate/examples.ts';
import { compareMutants, measure } from '../../policies/engine/mutate/measure.ts';
import type { Compared, Measured } from '../../policies/engine/mutate/measure.ts';
import { MUTATIONS, mutantsOf } from '../../policies/engine/mutate/mutants.ts';
import type { PolicyRequest } from '../../schemas/decision.ts';
import { REQUESTER_GROUPS } from '../../schemas/names.ts';
import { mustLoad, shippedFiles } from '../promises/policy-shipped.ts';
import { randomOf } from '../population/random.ts';
import type { Random } from '../population/random.ts';
import { mustRead, statementFiles } from './statements.ts';

/**
 * Who would notice that one rule was changed. Every seventh mutant here; all of them by `holdfast policy mutate`. What a
 * mutant does is judged by the interpreter, which knows nothing of diagrams.
 */

const FOLDER = dirname(fileURLToPath(import.meta.url));
const bundle = mustLoad(shippedFiles());
const statements = mustRead(statementFiles(), bundle);
const read = readExamples(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.cases.yaml'))
    .map((name) => ({ path: name, text: readFileSync(join(FOLDER, name), 'utf8') })),
);
if (!read.ok) throw new Error(read.error.map(({ file, line, what }) => `${file}:${line} ${what}`).join('\n'));
const examples = read.value;

/** A question somebody might really ask: mostly with a certain match and every obligation declared. */
function likely(random: Random, of: PolicyBundle, space: Space): PolicyRequest {
  const purpose = random.pick([...of.purposes.keys()]);
  const role = random.pick(of.purposes.get(purpose)?.claimants ?? []);
  const group = random.pick(of.roles.get(role)?.groups ?? REQUESTER_GROUPS);
  const cell = space.axes.map((axis) => {
    if (axis.kind === 'role') return axis.roles.indexOf(role);
    const last = axis.size - 1;
    const usual = axis.kind === 'obligation' || axis.kind === 'confidence';
    return usual && random.chance(0.97) ? last : Math.floor(random.fraction() * axis.size);
  });
  return requestOfCell(space, { purpose, group }, cell);
}

const levels = (of: PolicyBundle, request: PolicyRequest): string =>
  interpret(of, request, 'all')
    .map(({ field, level }) => `${field} ${level}`)
    .join();

const LOOKS = 60;

/** What the interpreter says of a mutant against what its difference says. */
function expectDiffToSee({ before, after, diff }: Compared, random: Random): boolean {
  const changes = [...diff.gains, ...diff.losses];
  const [change] = changes;
  if (change !== undefined) {
    expect(interpret(before.bundle, change.request, [change.field])[0]?.level).toBe(change.from);
    expect(interpret(after.bundle, change.request, [change.field])[0]?.level).toBe(change.to);
  }
  let changed = false;
  for (let look = 0; look < LOOKS && !changed; look++) {
    const request = likely(random, before.bundle, before.space);
    changed = levels(before.bundle, request) !== levels(after.bundle, request);
  }
  if (changed) expect(changes.length).toBeGreaterThan(0);
  return changed;
}

describe('P4: a rule that somebody changed, one at a time', () => {
  const measured: Measured[] = [];
  let seen = 0;

  it('is seen by the difference wherever the interpreter gives another level', () => {
    const random = randomOf(71);
    for (const compared of compareMutants(bundle, (_mutant, number) => number % 7 === 3)) {
      if (expectDiffToSee(compared, random)) seen++;
      measured.push(measure(compared, statements, examples));
    }
    expect(seen).toBeGreaterThan(20);
  }, 240_000);

  it('is noticed by a statement or a written example, at least nineteen times in twenty', () => {
    const changing = measured.filter(({ effect }) => effect === 'level');
    const survivors = changing.filter(({ statement, written }) => statement === undefined && written === undefined);
    expect(changing.length).toBeGreaterThan(60);
    expect(survivors.length / changing.length).toBeLessThanOrEqual(0.05);
  });

  it('is noticed by a statement wherever a cap that binds was dropped or raised', () => {
    const caps = measured.filter(
      ({ mutant, effect }) => effect === 'level' && ['cap dropped', 'cap raised'].includes(mutant.mutation),
    );
    expect(caps.length).toBeGreaterThan(5);
    expect(caps.filter(({ statement }) => statement === undefined).map(({ mutant }) => mutant.rule)).toEqual([]);
  });

  it('and that changes nothing belongs to a guard or cap that stands by, or says what another rule says', () => {
    const idle = measured.filter(({ effect }) => effect === 'nothing');
    expect(idle.filter(({ mutant }) => !mutant.standsBy && !mutant.mutation.startsWith('condition'))).toEqual([]);
  });
});

describe('the mutants', () => {
  const all = [...mutantsOf(bundle)];

  it('are of every kind, and change every rule', () => {
    expect(new Set(all.map(({ mutation }) => mutation))).toEqual(new Set(MUTATIONS));
    const agreements = [...bundle.agreements.values()].flatMap(({ grants, caps }) => [...grants, ...caps]);
    const rules = [...agreements, ...bundle.guardCaps].map(({ id }) => id);
    expect(new Set(all.map(({ rule }) => rule))).toEqual(new Set(rules));
  });
});

describe('the written examples, as the mutation reads them', () => {
  it('all hold in the shipped agreements, by the interpreter', () => {
    expect(examples.length).toBeGreaterThanOrEqual(200);
    expect(examples.filter((example) => !holdsIn(bundle, example)).map(({ id }) => id)).toEqual([]);
  });
});
