import { createHash } from 'node:crypto';
import { decide, differingFields, interpret, refuseAll, type PolicyBundle } from '../../policies/engine/index.ts';
import type { FieldDecision, PolicyRequest } from '../../schemas/decision.ts';
import type { FieldId } from '../../schemas/names.ts';
import type { Say } from '../operations/messages.ts';

/**
 * One question in a hundred is decided twice: by the compiled engine, as every question, and by the interpreter that
 * says what the agreements mean. A compiler that goes wrong on some case would give somebody what nobody agreed to, and
 * no test has seen every bundle that partnerships will write.
 */

export type Decide = (
  bundle: PolicyBundle,
  request: PolicyRequest,
  fields: readonly FieldId[] | 'all',
) => readonly FieldDecision[];

export interface ShadowDeps {
  readonly say: Say;
  /** Left out: the compiled engine. Tests hand one that is wrong. */
  readonly decide?: Decide;
  /** Counts an alarm. */
  readonly enginesDiffer?: () => void;
}

const ONE_IN = 100;

/** Whether a question is decided twice. Told by its id alone, so the same question is checked wherever it is replayed. */
export function isShadowed(questionId: string): boolean {
  return createHash('sha256').update(questionId).digest().readUInt32BE() % ONE_IN === 0;
}

/**
 * The engine for one question. Where both engines are asked and differ in anything, that question is denied everything,
 * also what it asks afterwards, and an operator is told.
 */
export function engineFor(deps: ShadowDeps, questionId: string): Decide {
  const compiled = deps.decide ?? decide;
  if (!isShadowed(questionId)) return compiled;
  let trusted = true;
  return (bundle, request, fields) => {
    const decisions = compiled(bundle, request, fields);
    const differing = trusted ? differingFields(decisions, interpret(bundle, request, fields)) : [];
    if (differing.length > 0) {
      trusted = false;
      deps.enginesDiffer?.();
      deps.say('error', {
        message: 'engines-differ',
        questionId,
        policyVersion: bundle.version,
        purpose: request.purpose,
        fields: differing.length,
      });
    }
    return trusted ? decisions : refuseAll(bundle, fields, 'rule-failed');
  };
}
