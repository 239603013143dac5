import { covers, rolesOf } from './assemble.ts';
import type { BundleContent, CatalogueField } from './bundle.ts';
import type { Basis, GrantText, PowerText } from './language.ts';
import type { Complain } from './problem.ts';
import { REQUESTER_GROUPS } from '../../schemas/names.ts';
import type { Purpose, RequesterGroup } from '../../schemas/names.ts';

/** What the law itself bars, checked against whatever a partnership wrote into its powers and lawful bases. */

/** Groups whose agencies are public authorities whenever they act under an agreement. */
const PUBLIC_AUTHORITIES: readonly RequesterGroup[] = ['police', 'probation', 'health', 'childrens', 'council'];
/** Competent authorities by DPA 2018 Sch 7. A council is one for some functions and is not taken for one. */
const COMPETENT: readonly RequesterGroup[] = ['police', 'probation'];
const PART_3: readonly Basis['basis'][] = ['dpa-2018-s35', 'dpa-2018-s36-3', 'dpa-2018-s36-4'];
/** Classes that need a condition of their own: UK GDPR Art 9 and Art 10. */
const NEEDS = {
  HX: 'special-category',
  CR: 'criminal-offence',
  CI: 'criminal-offence',
  OR: 'criminal-offence',
} as const;

interface Bar {
  readonly code: string;
  readonly owners?: readonly RequesterGroup[];
  readonly requesters?: readonly RequesterGroup[];
  readonly classes?: readonly string[];
  readonly because: string;
}

/**
 * Sources: PCSCA 2022 s.16 (no patient information, none from a health or social-care authority); Children Act 1989
 * s.47(11) (police and probation not listed, as far as is known); Offender Management Act 2007 s.14; UK GDPR Art 6(1).
 */
const BARS: readonly Bar[] = [
  {
    code: 'PCSCA16',
    owners: ['health', 'childrens'],
    classes: ['HX'],
    because: 'it authorises no patient information and nothing from a health or social-care authority',
  },
  { code: 'CA47', owners: COMPETENT, because: 'police and probation are not on the list of s.47(11)' },
  {
    code: 'OMA14',
    owners: ['housing', 'health', 'childrens', 'victim-services', 'council'],
    requesters: ['housing', 'health', 'childrens', 'victim-services', 'council'],
    because: 'it is between police, probation and prisons',
  },
  { code: 'RLI', owners: PUBLIC_AUTHORITIES, because: 'a public authority may not rely on it in its tasks' },
];

function checkBar(power: PowerText, bar: Bar, complain: Complain): void {
  const open = (named: readonly RequesterGroup[] | undefined, barred: readonly RequesterGroup[] = []) =>
    barred.filter((group) => named?.includes(group) ?? true);
  const at = ['powers', bar.code];
  const owners = open(power.owners, bar.owners);
  const requesters = open(power.requesters, bar.requesters);
  const classes = (bar.classes ?? []).filter((each) => power.exceptClasses?.includes(each) !== true);
  if (owners.length > 0)
    complain(
      [...at, 'owners'],
      `${bar.code} cannot be relied on by ${owners.join(', ')}`,
      `Leave them out: ${bar.because}.`,
    );
  if (requesters.length > 0)
    complain(
      [...at, 'requesters'],
      `${bar.code} cannot serve ${requesters.join(', ')}`,
      `Leave them out: ${bar.because}.`,
    );
  if (classes.length > 0)
    complain(
      [...at, 'exceptClasses'],
      `${bar.code} cannot carry class ${classes.join(', ')}`,
      `Except it: ${bar.because}.`,
    );
}

/** Checks one power as written against what the law bars, and its days against each other. */
export function checkPower(code: string, power: PowerText, content: BundleContent, complain: Complain): void {
  const at = ['powers', code];
  for (const bar of BARS) if (bar.code === code) checkBar(power, bar, complain);
  if (power.kind === 'cited' && power.standsAlone)
    complain(
      [...at, 'standsAlone'],
      `${code} is only cited, yet stands alone`,
      'Say standsAlone: false, or name its kind.',
    );
  if (power.publicAuthorities === false) {
    const barred = PUBLIC_AUTHORITIES.filter((group) => power.owners?.includes(group) ?? true);
    if (barred.length > 0)
      complain(
        [...at, 'publicAuthorities'],
        `${code} is not for public authorities, yet ${barred.join(', ')} may rely on it`,
        'Name its owners and leave them out.',
      );
  }
  for (const word of power.exceptClasses ?? [])
    if (!content.classes.has(word))
      complain(
        [...at, 'exceptClasses'],
        `${word} is not in the field catalogue`,
        'Correct it, or add it to fields.yaml.',
      );
  const { inForceFrom: from, inForceTo: to } = power;
  const backwards = (start: string | null, end: string | null) => start !== null && end !== null && end < start;
  if (from !== 'not-recorded' && backwards(from, to))
    complain([...at, 'inForceTo'], `${code} ends before it begins`, 'Correct one of the two days.');
  (power.areas ?? []).forEach((area, index) => {
    if (backwards(area.from, area.to))
      complain(
        [...at, 'areas', index],
        `${code} ends in ${area.area} before it begins`,
        'Correct one of the two days.',
      );
  });
}

interface Reached {
  readonly field: CatalogueField;
  readonly group: RequesterGroup;
}

/** Every pair of a field and a requester group between which some grant of an agreement gives something. */
function reached(content: BundleContent, grants: readonly GrantText[]): readonly Reached[] {
  return grants.flatMap((grant) =>
    REQUESTER_GROUPS.filter((group) => rolesOf(grant.to, group, content) !== undefined).flatMap((group) =>
      [...content.fields.values()]
        .filter((field) => field.owner !== group && covers(grant, field))
        .map((field) => ({ field, group })),
    ),
  );
}

function checkBasisRow(
  row: Basis,
  lawEnforcement: boolean,
  content: BundleContent,
  at: readonly PropertyKey[],
  complain: Complain,
): void {
  const part3 = PART_3.includes(row.basis);
  if (part3 && !row.groups.every((group) => COMPETENT.includes(group)))
    complain(
      [...at, 'groups'],
      `${row.basis} is for police and probation only`,
      'Name a basis of the UK GDPR for the others.',
    );
  if (row.party === 'discloser' && !part3 && row.groups.some((group) => COMPETENT.includes(group)))
    complain(
      [...at, 'basis'],
      'police and probation give law-enforcement data',
      'Name dpa-2018-s36-3 or dpa-2018-s36-4.',
    );
  if (part3 && row.basis !== 'dpa-2018-s36-4' && !lawEnforcement)
    complain(
      [...at, 'basis'],
      `${row.basis} needs a purpose of law enforcement`,
      'Name dpa-2018-s36-4 and the law that authorises it.',
    );
  if (row.basis === 'dpa-2018-s36-4' && row.authorisedBy === undefined)
    complain(at, 'dpa-2018-s36-4 names no law that authorises it', 'Add authorisedBy with the code of a power.');
  if (row.basis === 'uk-gdpr-6-1-ea' && row.controller !== 'private')
    complain(
      [...at, 'basis'],
      'uk-gdpr-6-1-ea is not for a public authority in its tasks',
      'Say controller: private, or name uk-gdpr-6-1-e.',
    );
  if (row.controller === 'private' && row.groups.some((group) => PUBLIC_AUTHORITIES.includes(group)))
    complain(
      [...at, 'groups'],
      'police, probation, health, children\u2019s services and the council are public authorities',
      'Leave them out of this row.',
    );
  for (const key of ['authorisedBy', 'conditions', 'ifAtRisk'] as const) {
    (row[key] ?? []).forEach((code, index) => {
      const power = content.powers.get(code);
      const mend = 'Correct it, or add it to powers.yaml.';
      if (power === undefined) complain([...at, key, index], `${code} is not a known power`, mend);
      else if (power.inForceFrom === null)
        complain([...at, key, index], `${code} is not in force`, 'Name law that has commenced.');
      else if (
        key === 'authorisedBy' &&
        !(power.standsAlone && row.groups.some((group) => power.owners?.includes(group) ?? true))
      )
        complain(
          [...at, key, index],
          `${code} does not authorise what ${row.groups.join(' and ')} give`,
          'Name a power that they may rely on.',
        );
      else if (key !== 'authorisedBy' && power.conditionFor === undefined)
        complain(
          [...at, key, index],
          `${code} is no condition for any kind of data`,
          'Name one that has conditionFor in powers.yaml.',
        );
    });
  }
}

/** The kinds of data that a row's conditions cover. */
function kindsCovered(row: Basis, content: BundleContent): ReadonlySet<string> {
  return new Set((row.conditions ?? []).flatMap((code) => content.powers.get(code)?.conditionFor ?? []));
}

/** A pair that an agreement serves needs a basis on both sides, and a condition for the kind of data it is. */
function checkServed(
  rows: readonly Basis[],
  served: readonly Reached[],
  content: BundleContent,
  complain: Complain,
): void {
  const said = new Set<string>();
  const once = (what: string, mend: string) => {
    if (!said.has(what)) complain(['bases'], what, mend);
    said.add(what);
  };
  for (const { field, group } of served) {
    for (const party of ['discloser', 'recipient'] as const) {
      const of = party === 'discloser' ? field.owner : group;
      const own = rows.filter((row) => row.party === party && row.groups.includes(of));
      if (own.length === 0)
        once(`no basis is stated for ${of} as ${party}`, `Add a row with party: ${party} for ${of}.`);
      const need = Object.entries(NEEDS).find(([of]) => of === field.class)?.[1];
      if (need === undefined) continue;
      for (const row of own) {
        // Between competent authorities Part 3 itself governs; health data is sensitive processing there.
        if (PART_3.includes(row.basis) && row.basis !== 'dpa-2018-s36-4') {
          const sensitive = row.strictNecessity === true && kindsCovered(row, content).has('sensitive-processing');
          if (need === 'special-category' && party === 'recipient' && !sensitive)
            once(
              `${of} receive health data without strict necessity`,
              'Add strictNecessity: true and a condition of Schedule 8.',
            );
        } else if (!kindsCovered(row, content).has(need))
          once(
            `${of} as ${party} has no condition for ${need} data`,
            'Add conditions with a code that is one, for example SCH1_6.',
          );
      }
    }
  }
}

/** Checks the bases of one agreement against the law, and against what its grants give to and take from whom. */
export function checkBases(
  purpose: Purpose,
  rows: readonly Basis[],
  grants: readonly GrantText[],
  content: BundleContent,
  complain: Complain,
): void {
  const lawEnforcement = content.purposes.get(purpose)?.lawEnforcement === true;
  rows.forEach((row, index) => checkBasisRow(row, lawEnforcement, content, ['bases', index], complain));
  checkServed(rows, reached(content, grants), content, complain);
}
