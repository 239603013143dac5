import type { FactValue } from '../dimensions.ts';
import type { CaseFact } from '../language.ts';
import type { Forest, Root } from '../compile/forest.ts';
import type { Cell } from '../compile/operations.ts';
import { readFactState } from '../compile/space.ts';
import type { Axis, FactAxis, Situation, Space } from '../compile/space.ts';
import type { MatchConfidence } from '../../../schemas/decision.ts';
import type { Level } from '../../../schemas/level.ts';
import type { RequesterGroup } from '../../../schemas/names.ts';

/** Cells, levels and groups in words that somebody can read who never saw a diagram. */

const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  deny: 'nothing',
  exists: 'only that something is held',
  summary: 'a summary',
  partial: 'a part',
  full: 'all of it',
};

/** A level as what somebody sees. */
export const levelInWords = (level: Level): string => LEVEL_WORDS[level];

const GROUP_WORDS: Readonly<Record<RequesterGroup, string>> = {
  police: 'the police',
  probation: 'probation',
  housing: 'housing',
  health: 'health',
  childrens: 'children\u2019s services',
  'victim-services': 'victim services',
  council: 'the council',
};

/** A group of agencies as prose names it. */
export const groupInWords = (group: RequesterGroup): string => GROUP_WORDS[group];

const FACT_WORDS: Readonly<Record<CaseFact, string>> = {
  category: 'the category of the case',
  marac: 'the MARAC status',
  mappa: 'the MAPPA level',
  s47Open: 'an open section 47 enquiry',
  orderInForce: 'an order or licence in force',
  dvds: 'the disclosure scheme',
  approved: 'an approval of any kind',
  emergency: 'a declared emergency',
  referralConsent: 'his consent to a homelessness referral',
  healthConsent: 'his consent that health passes on how to reach him',
  seriousHarmOpinion: 'the opinion on serious harm',
  ownerApproval: 'the approval of the agency that owns the data',
  caldicottApproval: 'the approval of a Caldicott Guardian',
  chairApproval: 'the approval of the chair',
  secondPerson: 'the approval of a second person',
  protectedPerson: 'who is to be protected',
};

/** What a fact is called in prose. */
export const factInWords = (fact: CaseFact): string => FACT_WORDS[fact];

const valueInWords = (value: FactValue): string => (value === true ? 'yes' : value === false ? 'no' : String(value));

const MATCH_WORDS: Readonly<Record<MatchConfidence, string>> = {
  none: 'nobody says that the record is his',
  probable: 'the record is probably his',
  certain: 'the record is certainly his',
};

/** A situation as a day and a place. The half hour before a change of day belongs to the day that is ending. */
function situationInWords({ atMs, area }: Situation): string {
  const day = new Date(atMs).toISOString().slice(0, 10);
  return `asked on a day like ${day} ${area === undefined ? 'outside every pilot area' : `in ${area}`}`;
}

/** A fact as one value of its axis says it. */
function factStateInWords(axis: FactAxis, state: number): string {
  const read = readFactState(axis, state);
  const name = FACT_WORDS[axis.fact];
  if (read === undefined) return `${name} is not known or out of date`;
  const hours = axis.maxAgesMs.length > 1 ? ` (said within ${read.maxAgeMs / 3_600_000} hours)` : '';
  return `${name}: ${valueInWords(read.value)}${hours}`;
}

/** What one value of an axis says; roles by their id. */
export function axisInWords(axis: Axis, value: number): string {
  switch (axis.kind) {
    case 'role':
      return `asked by ${axis.roles[value] ?? 'a role that there is not'}`;
    case 'fact':
      return factStateInWords(axis, value);
    case 'obligation':
      return `the asker\u2019s system has ${value === 1 ? '' : 'not '}declared ${axis.obligation}`;
    case 'situation': {
      const situation = axis.situations[value];
      return situation === undefined ? 'at no moment' : situationInWords(situation);
    }
    case 'confidence':
      return MATCH_WORDS[axis.confidences[value] ?? 'none'];
  }
}

/** The axes that a diagram asks on the way to a cell's terminal, in order: what the cell's outcome hangs on. */
export function axesAsked(forest: Forest, root: Root, cell: Cell): readonly number[] {
  const asked: number[] = [];
  for (let at = root; at >= 0; at = forest.childOf(at, cell[forest.axisOf(at)] ?? 0)) asked.push(forest.axisOf(at));
  return asked;
}

/** What goes without saying: an obligation that is declared, a match that is certain. */
const isUsual = (axis: Axis, value: number): boolean =>
  (axis.kind === 'obligation' && value === 1) || (axis.kind === 'confidence' && axis.confidences[value] === 'certain');

/**
 * A cell in words, as far as a diagram asks it: what of it is not usual, without the role, which whoever tells it has
 * told already.
 */
export function cellInWords(space: Space, forest: Forest, root: Root, cell: Cell): string {
  const words = axesAsked(forest, root, cell).flatMap((number) => {
    const axis = space.axes[number];
    const untold = axis === undefined || axis.kind === 'role' || isUsual(axis, cell[number] ?? 0);
    return untold ? [] : [axisInWords(axis, cell[number] ?? 0)];
  });
  return words.length === 0 ? 'whatever the case' : words.join('; ');
}
