import { decide, transformTo, type PolicyBundle } from '../../../policies/engine/index.ts';
import type { CatalogueField } from '../../../policies/engine/bundle.ts';
import type { FieldDecision, PolicyRequest } from '../../../schemas/decision.ts';
import type { ReleasedValue } from '../../../schemas/released-value.ts';
import type { HeldField } from './questions.ts';

/** One field as an answer has it: what may be seen of it, and why no more. */
export interface Told {
  readonly decision: FieldDecision;
  readonly value: ReleasedValue | undefined;
}

/** A record with the terms of its fields found, as they are once for a source. */
export interface PreparedRecord {
  readonly fields: readonly string[];
  readonly held: readonly { readonly value: HeldField['value']; readonly terms: CatalogueField }[];
}

export function prepared(bundle: PolicyBundle, record: readonly HeldField[]): PreparedRecord {
  const held = record.flatMap(({ field, value }) => {
    const terms = bundle.fields.get(field);
    return terms === undefined ? [] : [{ value, terms }];
  });
  return { fields: record.map(({ field }) => field), held };
}

/** Decides, transforms and explains a record: every field with its sentence, rules, powers and obligations. */
export function tellRecord(bundle: PolicyBundle, request: PolicyRequest, { fields, held }: PreparedRecord): Told[] {
  const decisions = decide(bundle, request, fields);
  const told: Told[] = [];
  for (let nth = 0; nth < decisions.length; nth++) {
    const decision = decisions[nth];
    const own = held[nth];
    if (decision === undefined || own === undefined) continue;
    told.push({ decision, value: transformTo(decision.level, own.value, own.terms) });
  }
  return told;
}
