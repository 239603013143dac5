import { createHash } from 'node:crypto';
import type { BundleContent } from './bundle.ts';

/**
 * The canonical form of anything made of maps, lists and scalars: keys sorted, lists sorted too, since no list of the
 * language has an order that means anything (rules are united, conditions are sets).
 */
export function canonicalForm(value: unknown): string {
  if (value instanceof Map) return canonicalForm(Object.fromEntries<unknown>(value));
  if (Array.isArray(value)) return `[${value.map(canonicalForm).sort().join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, held]) => held !== undefined);
    return `{${entries
      .map(([key, held]) => `${JSON.stringify(key)}:${canonicalForm(held)}`)
      .sort()
      .join(',')}}`;
  }
  return JSON.stringify(value);
}

/**
 * What a bundle says, as canonical JSON: what its version is the hash of, and what can be kept to compare with later.
 * Comments and layout do not count, nor does anything that was worked out from the content.
 */
export function canonicalContent(content: BundleContent): string {
  const { purposes, powers, roles, classes, fields, factLimits } = content;
  const { agreements, bases, guardCaps, standingObligations } = content;
  const said = {
    ...{ purposes, powers, roles, classes, fields, factLimits },
    ...{ agreements, bases, guardCaps, standingObligations },
  };
  return canonicalForm(said);
}

/** The version of a bundle: SHA-256 over its canonical content, in hexadecimal. */
export function versionOf(content: BundleContent): string {
  return createHash('sha256').update(canonicalContent(content)).digest('hex');
}
