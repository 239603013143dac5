import type { PolicyBundle } from './bundle.ts';
import { Tables } from './compile/tables.ts';
import { interpret } from './interpret.ts';
import type { FieldDecision, PolicyRequest } from '../../schemas/decision.ts';
import type { FieldId } from '../../schemas/names.ts';

/** Bundles never change once they are made, so each is compiled once and its tables go when it goes. */
const compiled = new WeakMap<PolicyBundle, Tables>();

/** The compiled form of a bundle: made at the first call. */
export function compiledOf(bundle: PolicyBundle): Tables {
  const known = compiled.get(bundle);
  if (known !== undefined) return known;
  const tables = new Tables(bundle);
  compiled.set(bundle, tables);
  return tables;
}

/**
 * Decides fields for one request. Takes a checked bundle, the request (the moment is in it: the engine reads no
 * clock) and the fields, or `all` for the whole catalogue; gives one decision a field, each field once, in the order
 * asked. Never throws for anything a request says: what is unknown, missing, stale or fails is denied with its reason
 * (P2). A decision's `reason` and `because` say nothing that depends on a fact hidden from the asker; its rule ids do,
 * and are for the log.
 *
 * Decisions are looked up in tables made from the rules and are shared between answers: they are frozen. What they
 * mean is said by `interpret`, which also answers whatever the tables have no cell for.
 */
export function decide(
  bundle: PolicyBundle,
  request: PolicyRequest,
  fields: readonly FieldId[] | 'all',
): readonly FieldDecision[] {
  return compiledOf(bundle).decide(request, fields) ?? interpret(bundle, request, fields);
}
