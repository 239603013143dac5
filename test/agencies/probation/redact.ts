import type { ServedPerson } from './contract.ts';
import type { officerOf } from './serve.ts';

/** What the service removes and masks before an answer leaves it. */

const MASKED = '**REDACTED**';

/** A limited access offender in a person answer: elements removed, not emptied. */
export function removeLimited(half: ServedPerson): ServedPerson {
  const { gender: _gender, ethnicity: _ethnicity, contactDetails: _contactDetails, aliases, ...rest } = half;
  return {
    ...rest,
    aliases: aliases.map(({ gender: _aliasGender, ethnicity: _aliasEthnicity, ...alias }) => alias),
  };
}

/** Every element of the given names, however deep, with the mask in place of its text. */
export function maskElements(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => maskElements(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => [
      name,
      names.includes(name) && typeof inner === 'string' ? MASKED : maskElements(inner, names),
    ]),
  );
}

/** The officer's name and own contact details masked; the team's stay, so that the team can be rung. */
export function maskOfficer(officer: ReturnType<typeof officerOf>): unknown {
  if (officer === undefined) return undefined;
  const { team, ...own } = officer.communityOffenderManager;
  const { name, email, telephoneNumber } = own;
  const masked = maskElements({ name, email, telephoneNumber }, ['forename', 'surname', 'email', 'telephoneNumber']);
  return { communityOffenderManager: Object.assign({ team }, masked) };
}
