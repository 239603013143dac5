import { covers, guards, powerFits, rolesOf } from '../assemble.ts';
import type { PolicyBundle, CatalogueField } from '../bundle.ts';
import type { CapText, GrantText, GuardCapText } from '../language.ts';
import { uniteObligations } from '../obligations.ts';
import { REQUESTER_GROUPS } from '../../../schemas/names.ts';
import type { Purpose } from '../../../schemas/names.ts';

/**
 * The schedule of an information-sharing agreement as rows: every grant for every field that it opens, and every cap
 * that holds grants down. Nothing of what decides is left out, so the rules can be read back from the rows.
 */

/** Columns of the schedule, in their order, with the headings that people read. */
export const COLUMNS = {
  purpose: 'Purpose',
  rule: 'Rule',
  kind: 'Gives or limits',
  who: 'Who',
  owner: 'Owner',
  field: 'Field',
  label: 'What it is',
  level: 'Level',
  powers: 'Powers, with section and how far each was verified',
  conditions: 'Only where',
  factAges: 'Facts no older than (hours)',
  retainMonths: 'Keep for (months)',
  onward: 'Onward use',
  obligations: 'Other obligations',
  sentence: 'Why it is necessary, or what is protected',
} as const;
export type Column = keyof typeof COLUMNS;
export const COLUMN_NAMES = Object.freeze(
  Object.keys(COLUMNS).filter((name): name is Column => Object.hasOwn(COLUMNS, name)),
);
export type Row = Readonly<Record<Column, string>>;

/** Joins the words of one cell. */
export const BETWEEN = '; ';
/** In the column of fields: a limit over all of them. */
export const EVERY_FIELD = 'every field';

/** Takes a bundle; gives its rows, by purpose, rule and field. The order of files and rules does not show in them. */
export function scheduleRows(bundle: PolicyBundle): readonly Row[] {
  const rows = [...bundle.agreements].flatMap(([purpose, { grants, caps, obligations }]) => [
    ...grants.flatMap((grant) => grantRows(bundle, purpose, grant, obligations)),
    ...caps.flatMap((cap) => capRow(bundle, [purpose], cap)),
  ]);
  const guarding = bundle.guardCaps.flatMap((cap) => capRow(bundle, purposesOf(bundle, cap), cap));
  return [...rows, ...guarding].sort(byPlace);
}

const keyOf = ({ purpose, kind, rule, field }: Row): string => [purpose, kind, rule, field].join('\u0000');
const byPlace = (a: Row, b: Row): number => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0);

const purposesOf = (bundle: PolicyBundle, cap: GuardCapText): readonly Purpose[] =>
  [...bundle.purposes.keys()].filter((purpose) => guards(cap, purpose));

function grantRows(
  bundle: PolicyBundle,
  purpose: Purpose,
  grant: GrantText,
  standing: PolicyBundle['standingObligations'][number]['obligations'],
): readonly Row[] {
  return [...bundle.fields.values()]
    .filter((field) => covers(grant, field) && reaches(bundle, grant, field))
    .map((field) => {
      const always = bundle.standingObligations.filter((rule) => covers(rule, field));
      const carried = uniteObligations([standing, grant.obligations ?? {}, ...always.map((each) => each.obligations)]);
      const { retainMonths, onward, ...others } = carried;
      return {
        ...{ purpose, rule: grant.id, kind: 'gives', who: words(grant.to), owner: field.owner, field: field.id },
        ...{ label: field.label, level: grant.level, powers: powersInWords(bundle, grant.powers) },
        ...conditionCells(grant),
        retainMonths: retainMonths === undefined ? '' : String(retainMonths),
        onward: onward ?? '',
        obligations: inWords(others),
        sentence: grant.necessity,
      };
    });
}

/** Whether some group of those named can be given the field at all: not the owner, and by a power that fits. */
function reaches(bundle: PolicyBundle, grant: GrantText, field: CatalogueField): boolean {
  return REQUESTER_GROUPS.some(
    (group) =>
      group !== field.owner &&
      rolesOf(grant.to, group, bundle) !== undefined &&
      grant.powers.some((code) => {
        const power = bundle.powers.get(code);
        return power !== undefined && powerFits(power, field, group);
      }),
  );
}

function capRow(bundle: PolicyBundle, purposes: readonly Purpose[], cap: CapText): readonly Row[] {
  const all = [...bundle.fields.values()];
  const covered = all.filter((field) => covers(cap, field));
  if (covered.length === 0 || purposes.length === 0) return [];
  return [
    {
      ...{
        purpose: words(purposes),
        rule: cap.id,
        kind: 'limits',
        who: cap.to === undefined ? 'everybody' : words(cap.to),
      },
      owner: words([...new Set(covered.map(({ owner }) => owner))]),
      field: covered.length === all.length ? EVERY_FIELD : words(covered.map(({ id }) => id)),
      ...{ label: '', level: cap.atMost, powers: '' },
      ...conditionCells(cap),
      ...{ retainMonths: '', onward: '', obligations: '', sentence: cap.why },
    },
  ];
}

const words = (each: readonly string[]): string => [...each].sort().join(BETWEEN);

function powersInWords(bundle: PolicyBundle, codes: readonly string[]): string {
  return words(
    codes.map((code) => {
      const power = bundle.powers.get(code);
      return power === undefined ? code : `${code} (${power.law}, ${power.section}) [${power.mark}]`;
    }),
  );
}

function conditionCells({ when, factsNoOlderThanHours }: Pick<GrantText, 'when' | 'factsNoOlderThanHours'>) {
  return {
    conditions: when === undefined ? '' : inWords(when),
    factAges: factsNoOlderThanHours === undefined ? '' : inWords(factsNoOlderThanHours),
  };
}

/** Between the values of one condition, of which any will do. */
export const OR = ' or ';

/** What a rule asks for or carries, as `category: hold or monitor; marac: listed`. */
function inWords(said: Readonly<Record<string, unknown>>): string {
  return Object.entries(said)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${(Array.isArray(value) ? value : [value]).map(String).join(OR)}`)
    .sort()
    .join(BETWEEN);
}
