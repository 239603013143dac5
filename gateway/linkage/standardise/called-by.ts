import type { StandardName } from './standard-person.ts';

/**
 * First names that all brothers of a family may bear before the name by which each is called: the Prophet's, and titles
 * that stand as names. What tells the brothers apart is the next name (Home Office naming guide of 2006, Muslim names).
 * In Vietnam most men's given names begin with Van and most women's with Thi, which British forms hold as the first.
 */
const BORNE_BEFORE_THE_NAME: ReadonlySet<string> = new Set(
  (
    'mohammed muhammad mohammad mohamed mohamad muhammed mohamud muhamed mohd muhd md mohammod maxamed mehmet ' +
    'syed sayed sayyid saiyed abdul abdel sheikh shaikh haji haj hajj hajji alhaj alhaji hafiz hafeez imam maulana ' +
    'mawlana maulvi mufti qari van thi'
  ).split(' '),
);

export const isBorneBeforeTheName = (first: string): boolean => BORNE_BEFORE_THE_NAME.has(first);

/** The name that he is called by where his first name is one that his brothers bear too; else undefined. */
export const calledBy = (name: StandardName): string | undefined =>
  isBorneBeforeTheName(name.first) ? name.middle[0] : undefined;

/** `Bhaveshbhai` and `Bhavesh`, `Jigneshkumar` and `Jignesh`: brother and prince are added in Gujarat out of respect. */
const ADDED_OUT_OF_RESPECT = ['bhai', 'kumar', 'kumari'];
/** `Rajkumar` is a name of its own. */
const SHORTEST_STEM = 4;

/** A first name without what is added to it out of respect. */
export function withoutRespect(given: string): string {
  const added = ADDED_OUT_OF_RESPECT.find((word) => given.endsWith(word));
  if (added === undefined || given.length < added.length + SHORTEST_STEM) return given;
  return given.slice(0, -added.length);
}

/** Middle names of the community rather than of the person: among its members they tell nobody from anybody. */
const OF_A_COMMUNITY: ReadonlySet<string> = new Set('singh kaur kumar kumari devi begum bibi khatun bano'.split(' '));

/** The middle names that say something about which person it is. */
export const tellingMiddleNames = (name: StandardName): readonly string[] =>
  (calledBy(name) === undefined ? name.middle : name.middle.slice(1)).filter((middle) => !OF_A_COMMUNITY.has(middle));
