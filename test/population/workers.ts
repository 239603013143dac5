import type { Random } from './random.ts';
import type { HeldAgency, Holding } from './types.ts';

/** Named professionals. Their office lines come from the drama range 0306 999, which nobody else here has. */

const STAFF = [
  'Alice Thornbury',
  'Bilal Sattar',
  'Catrin Penry',
  'Dorothy Achebe',
  'Ewan Kirkbride',
  'Farida Noorani',
  'Graham Oldroyd',
  'Hanna Zawadzka',
  'Isaac Adjei',
  'Judith Fairclough',
] as const;

const TEAMS: Readonly<Record<HeldAgency, readonly string[]>> = {
  police: ['Riverton Safeguarding Unit'],
  probation: ['Riverton North', 'Riverton South', 'Eastmarch'],
  housing: ['Harbour Estate', 'Canal Side', 'Eastmarch Homes'],
  health: ['Y99901', 'Y99902', 'Y99903', 'Y99904'],
  childrens: ['Assessment Team', 'Family Support Team', 'Child Protection Team'],
};

const PRACTICES: readonly string[] = [
  'Quayside Surgery',
  'Mill Lane Practice',
  'Viaduct Medical Centre',
  'The Weavers Surgery',
];

export const OFFICE_LINE = /^\+443069990\d{3}$/;

/** Draws the worker (in health the practice, its ODS code as team) who is responsible at the agency. */
export function workerOf(random: Random, agency: HeldAgency): NonNullable<Holding['worker']> {
  const teams = TEAMS[agency];
  const at = random.between(0, teams.length - 1);
  const team = teams[at] ?? agency;
  const name = agency === 'health' ? (PRACTICES[at] ?? team) : random.pick(STAFF);
  const desk = STAFF.findIndex((person) => person === name);
  const line = agency === 'health' ? 900 + at : agency.length * 50 + desk;
  const email =
    agency === 'health' ? {} : { email: `${name.toLowerCase().replace(' ', '.')}@${agency}.riverton.example` };
  return { name, team, phone: `+443069990${String(line).padStart(3, '0')}`, ...email };
}
