import { createHash } from 'node:crypto';
import type { BundleContent } from './bundle.ts';

/**
 * The canonical form of anything made of maps, lists and scalars: keys sorted, lists sorted too, since no list of the
 * language has an order that means anything (rules are united, conditions are sets).
 */
function canonical(value: unknown): string {
  if (value instanceof Map) return canonical(Object.fromEntries<unknown>(value));
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, held]) => held !== undefined);
    return `{${entries
      .map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`)
      .sort()
      .join(',')}}`;
  }
  return JSON.stringify(value);
}

/**
 * The version of a bundle: SHA-256 over its canonical form, in hexadecimal. Comments and layout do not count, nor does
 * anything that was worked out from the content.
 */
export function versionOf(content: BundleContent): string {
  const { purposes, powers, roles, classes, fields, factLimits } = content;
  const { agreements, bases, guardCaps, standingObligations } = content;
  const said = {
    ...{ purposes, powers, roles, classes, fields, factLimits },
    ...{ agreements, bases, guardCaps, standingObligations },
  };
  return createHash('sha256').update(canonical(said)).digest('hex');
}
