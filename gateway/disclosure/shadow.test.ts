import { describe, expect, it } from '@jest/globals';
import { decide } from '../../policies/engine/index.ts';
import type { FieldDecision } from '../../schemas/decision.ts';
import { dated, EVERYTHING_HOLDS, mustLoad, requestOf, shippedFiles } from '../../test/promises/policy-shipped.ts';
import type { Message } from '../operations/messages.ts';
import { engineFor, isShadowed, type Decide } from './shadow.ts';

const bundle = mustLoad(shippedFiles());
const request = requestOf(bundle, 'ENGAGE', 'council', dated(EVERYTHING_HOLDS));
const ids = Array.from({ length: 20_000 }, (_each, nth) => `0190b5a4-7a57-7000-8000-${String(nth).padStart(12, '0')}`);
const shadowed = ids.find(isShadowed) ?? '';
const others = ids.filter((id) => !isShadowed(id));

/** An engine that gives one field in full whatever the agreements say. */
const generous: Decide = (...asked) =>
  decide(...asked).map((each): FieldDecision => (each.field === 'pol.intel' ? { ...each, level: 'full' } : each));

function withEngine(engine?: Decide) {
  const said: Message[] = [];
  let alarms = 0;
  const deps = {
    say: (_level: string, message: Message) => void said.push(message),
    enginesDiffer: () => {
      alarms++;
    },
    ...(engine !== undefined && { decide: engine }),
  };
  return { for: (id: string) => engineFor(deps, id), said, alarms: () => alarms };
}

describe('P2: live decisions are checked against the interpreter', () => {
  it('one question in a hundred, told by its id', () => {
    expect(ids.filter(isShadowed).length).toBeGreaterThan(140);
    expect(ids.filter(isShadowed).length).toBeLessThan(260);
    expect(ids.filter(isShadowed)).toEqual(ids.filter(isShadowed));
  });

  it('a faulty engine is found: everything of the question is denied, now and afterwards, and an operator is told', () => {
    const engine = withEngine(generous);
    const ask = engine.for(shadowed);
    const denied = ask(bundle, request, 'all');
    expect(new Set(denied.map(({ level, reason }) => `${level} ${reason}`))).toEqual(new Set(['deny rule-failed']));
    expect(denied.map(({ field }) => field)).toEqual([...bundle.fields.keys()]);
    // Of this field the faulty engine says the right thing; the question is not trusted any more.
    expect(ask(bundle, request, ['pol.phone', 'pol.phone'])).toMatchObject([{ field: 'pol.phone', level: 'deny' }]);
    expect(engine.alarms()).toBe(1);
    expect(engine.said).toEqual([
      { message: 'engines-differ', questionId: shadowed, policyVersion: bundle.version, purpose: 'ENGAGE', fields: 1 },
    ]);
  });

  it.each<[string, (right: FieldDecision) => FieldDecision]>([
    ['a word', (right) => ({ ...right, because: `${right.because} ` })],
    ['a reason', (right) => ({ ...right, reason: 'capped' })],
    ['an obligation', (right) => ({ ...right, obligations: { ...right.obligations, retainMonths: 1 } })],
    ['a missing rule', (right) => ({ ...right, grants: [] })],
    ['a power', (right) => ({ ...right, powers: [...right.powers, 'VITAL'] })],
    ['another field', (right) => ({ ...right, field: 'hou.phone' })],
  ])('a difference in %s alone is one', (_what, wrong) => {
    const engine = withEngine((...asked) => decide(...asked).map(wrong));
    expect(engine.for(shadowed)(bundle, request, ['pol.phone'])).toMatchObject([{ level: 'deny' }]);
    expect(engine.alarms()).toBe(1);
  });

  it('decisions left out or added are differences', () => {
    for (const wrong of [() => [], (...asked: Parameters<Decide>) => [...decide(...asked), ...decide(...asked)]]) {
      const engine = withEngine(wrong);
      expect(engine.for(shadowed)(bundle, request, ['pol.phone'])).toMatchObject([{ level: 'deny' }]);
      expect(engine.alarms()).toBe(1);
    }
  });

  it('the engine that runs raises no alarm, and questions that are not checked are answered as they are', () => {
    const engine = withEngine();
    for (const id of [shadowed, ...others.slice(0, 20)]) {
      expect(engine.for(id)(bundle, request, 'all')).toEqual(decide(bundle, request, 'all'));
    }
    expect(engine.alarms()).toBe(0);
    expect(withEngine(generous).for(others[0] ?? '')).toBe(generous);
  });
});
