import { describe, expect, it } from '@jest/globals';
import { assembleBundle } from '../../policies/engine/assemble.ts';
import { compilePolicy } from '../../policies/engine/compile/compile-policy.ts';
import { interpret } from '../../policies/engine/index.ts';
import { NOT_COVERED } from '../../policies/engine/prove/not-covered.ts';
import { prove, proveOne } from '../../policies/engine/prove/prove.ts';
import { readStatements } from '../../policies/engine/prove/read-statements.ts';
import { statementSchema } from '../../policies/engine/prove/statement.ts';
import type { Statement } from '../../policies/engine/prove/statement.ts';
import { LEVELS } from '../../schemas/level.ts';
import type { Level } from '../../schemas/level.ts';
import { REQUESTER_GROUPS } from '../../schemas/names.ts';
import { mustLoad, shippedFiles } from '../promises/policy-shipped.ts';
import { cellsOf, requestIn } from './equal-parts.ts';
import { mustRead, statementFiles } from './statements.ts';

const bundle = mustLoad(shippedFiles());
const policy = compilePolicy(bundle);
const statements = mustRead(statementFiles(), bundle);

const numberOf = (level: Level | undefined): number => (level === undefined ? -1 : LEVELS.indexOf(level));

/** A statement as a file would have it. */
const stated = (rest: Partial<Statement>): Statement =>
  statementSchema.parse({ id: 'tried', says: 'Something that this test tries out.', source: 'This test', ...rest });

describe('P4: what the shipped agreements never do, proved in every cell', () => {
  const { proofs, cellsOfSpace } = prove(policy, statements);

  it.each(proofs.map((proof) => [proof.statement.says, proof] as const))('%s', (_says, proof) => {
    expect(proof.counterexample).toBeUndefined();
    expect(proof).toMatchObject({ holds: true, broken: 0n });
    expect(proof.cells).toBeGreaterThan(0n);
    expect(proof.cells).toBeLessThanOrEqual(cellsOfSpace);
  });

  it('are more than the eighteen of the matrix by at least twenty, each said once and with a source', () => {
    expect(statements.length).toBeGreaterThanOrEqual(38);
    expect(new Set(statements.map(({ says }) => says)).size).toBe(statements.length);
  });

  it('are over the whole space, counted exactly', () => {
    const each = policy.space.sizes.reduce((product, size) => product * BigInt(size), 1n);
    expect(cellsOfSpace).toBe(each * BigInt(bundle.purposes.size * REQUESTER_GROUPS.length * bundle.fields.size));
    expect(proveOne(policy, stated({ atMost: 'full' })).cells).toBe(cellsOfSpace);
  });

  it('say what they do not cover', () => {
    expect(NOT_COVERED.join(' ')).toMatch(/true.*free text/s);
  });
});

describe('a statement that is false', () => {
  it('fails, with a request that breaks it and what comes out, in plain words', () => {
    const proof = proveOne(
      policy,
      stated({ to: ['council'], classes: ['CT'], purposes: ['ENGAGE'], atMost: 'partial' }),
    );
    expect(proof.holds).toBe(false);
    expect(proof.broken).toBeGreaterThan(0n);
    expect(proof.broken).toBeLessThan(proof.cells);
    expect(proof.counterexample?.inWords).toMatch(
      /^Domestic abuse intervention worker \(the council\) sees all of it of Current address of the police for ENGAGE, where: the category of the case: contact; the MARAC status: referred/,
    );
  });

  const FALSE: readonly Partial<Statement>[] = [
    { to: ['council'], classes: ['CT'], atMost: 'partial' },
    { to: ['housing'], purposes: ['HOUSING'], atMost: 'exists', when: { category: ['hold'] } },
    { classes: ['TL'], atMost: 'deny', unless: { emergency: [true], s47Open: [true] } },
    { to: ['police'], atLeast: 'exists' },
    { carries: { retainMonths: 71 } },
    { carries: { onward: ['none'] } },
    { restsOnlyOn: ['CDA115'] },
    { restsOnOneOf: ['COMMON'] },
    { neverRestsOn: ['DAPO'] },
    { noMoreThanWhen: { category: ['hold'] } },
    { when: { mappa: [3] }, noMoreThanWhen: { mappa: [0] } },
    { match: ['probable'], atMost: 'deny' },
    { undeclared: ['loneWorkingCheck'], atMost: 'deny' },
  ];
  it.each(FALSE.map((rest) => [JSON.stringify(rest), stated(rest)] as const))(
    '%s is found to be, and the interpreter gives what the counterexample says',
    (_text, statement) => {
      const { holds, counterexample } = proveOne(policy, statement);
      expect(holds).toBe(false);
      if (counterexample === undefined) throw new Error('a false statement has a counterexample');
      const { request, field, level } = counterexample;
      expect(interpret(bundle, request, [field])[0]?.level).toBe(level);
    },
  );

  it('P9: a claim that no cap holds to any more is caught by a statement', () => {
    const engage = bundle.agreements.get('ENGAGE');
    if (engage === undefined) throw new Error('ENGAGE is shipped');
    const caps = engage.caps.filter(({ id }) => id !== 'engage-not-without-referral');
    const agreements = new Map([...bundle.agreements, ['ENGAGE', { ...engage, caps }]]);
    const open = compilePolicy(assembleBundle({ ...bundle, agreements }));
    const broken = statements.filter((statement) => !proveOne(open, statement, ['ENGAGE']).holds);
    expect(broken.map(({ id }) => id)).toContain('no-engagement-without-a-referral');
  });

  it('is one that speaks of nothing', () => {
    const nothing = stated({ to: ['dai.daiw'], exceptTo: ['council'], atMost: 'full' });
    expect(proveOne(policy, nothing)).toMatchObject({ holds: false, cells: 0n, broken: 0n });
  });
});

describe('the counts of a proof', () => {
  it('are what the interpreter counts, cell by cell, over a part small enough to count', () => {
    const statement = stated({ to: ['dai.daiw'], fields: ['hea.phone'], purposes: ['ENGAGE'], atMost: 'summary' });
    // Only these axes are left free for the count; every other is held at one value on both sides.
    const free = new Set(['category', 'marac', 'healthConsent']);
    const held = policy.space.axes.map((axis) => {
      if (axis.kind === 'role') return [axis.roles.indexOf('dai.daiw')];
      const last = axis.size - 1;
      return axis.kind === 'fact' && free.has(axis.fact) ? Array.from({ length: axis.size }, (_e, v) => v) : [last];
    });
    let more = 0n;
    for (const cell of cellsOf({
      purpose: 'ENGAGE',
      group: 'council',
      fields: ['hea.phone'],
      values: held,
      decisions: 0,
    })) {
      const request = requestIn(policy.space, { purpose: 'ENGAGE', group: 'council' }, cell);
      if (numberOf(interpret(bundle, request, ['hea.phone'])[0]?.level) > 2) more++;
    }
    // The axes held at one value here are free there: for obligations of ENGAGE and the match only one value gives
    // more than a summary, for the others all of them do.
    const { broken } = proveOne(policy, statement);
    const others = policy.space.axes.reduce((product, axis) => {
      if (axis.kind === 'fact') return free.has(axis.fact) ? product : product * BigInt(axis.size);
      if (axis.kind === 'obligation') {
        const asked = ['retainMonths', 'onward', 'notifyOwner', 'show', 'loneWorkingCheck'].includes(axis.obligation);
        return asked ? product : product * 2n;
      }
      return axis.kind === 'situation' ? product * BigInt(axis.size) : product;
    }, 1n);
    expect(more).toBeGreaterThan(0n);
    expect(broken).toBe(more * others);
  });
});

describe('files of statements', () => {
  const file = (text: string) => readStatements([{ path: 'mine.yaml', text }], bundle);
  const one = (rest: string) =>
    file(`statements:\n  - id: mine\n    says: Something is never given to anybody.\n    source: Mine\n    ${rest}\n`);

  it.each([
    ['a role that there is not', 'to: [dai.worker]\n    atMost: deny', 'dai.worker'],
    ['a field that there is not', 'fields: [pol.shoe_size]\n    atMost: deny', 'pol.shoe_size'],
    ['a class that there is not', 'classes: [XX]\n    atMost: deny', 'XX'],
    ['a purpose that there is not', 'purposes: [LEISURE]\n    atMost: deny', 'LEISURE'],
    ['a power that there is not', 'neverRestsOn: [MAGNA]', 'MAGNA'],
    ['a value that a fact cannot have', 'when: { category: parked }\n    atMost: deny', 'category: parked'],
    ['two bounds', 'atMost: deny\n    atLeast: exists', 'exactly one'],
    ['no bound', 'to: [council]', 'exactly one'],
    ['a misspelt key', 'purpose: [ENGAGE]\n    atMost: deny', 'purpose'],
  ])('P2: with %s are refused, with the line', (_what, rest, word) => {
    const read = one(rest);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.error[0]?.line).toBeGreaterThanOrEqual(2);
    expect(read.error.map(({ what }) => what).join()).toContain(word);
  });

  it('that say one thing twice are refused', () => {
    const [first] = statementFiles();
    if (first === undefined) throw new Error('there are statements');
    const twice = readStatements([first, { ...first, path: 'again.yaml' }], bundle);
    expect(twice.ok).toBe(false);
  });
});
