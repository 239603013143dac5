import type { PairedCap, PolicyBundle, Rule } from '../bundle.ts';
import { levelOf } from '../assemble.ts';
import type { CompiledPolicy } from '../compile/compile-policy.ts';
import type { Root } from '../compile/forest.ts';
import { countCells } from '../compile/operations.ts';
import type { Region } from '../compile/operations.ts';
import { axisOf } from '../compile/space.ts';
import { compiledOf } from '../decide.ts';
import { factInWords } from '../explain/state-in-words.ts';
import type { Level } from '../../../schemas/level.ts';
import type { FieldId, Purpose, RequesterGroup, Role } from '../../../schemas/names.ts';

/**
 * The two questions that information-governance officers ask: who may see this field, and what may this role see. Worked
 * out on the diagrams that decide, so a level that no state of a case can reach is not said.
 */

/** One level that a role can reach of a record that is certainly his, of fields that are alike in all that is said here. */
export interface WhoRow {
  readonly purpose: Purpose;
  readonly group: RequesterGroup;
  readonly role: Role;
  readonly level: Level;
  readonly fields: readonly FieldId[];
  /** What of the case it takes, by the rules that give it; and where limits make it less. */
  readonly where: string;
  readonly lessWhere: string;
  readonly rules: readonly string[];
  /** Codes of the powers that it can rest on. */
  readonly powers: readonly string[];
}

export interface Asked {
  readonly field?: FieldId;
  readonly role?: Role;
  readonly purpose?: Purpose;
}

/** Takes a bundle and a field or a role; gives a row for each purpose, role and level that some state can reach. */
export function whoSees(bundle: PolicyBundle, asked: Asked): readonly WhoRow[] {
  const { policy } = compiledOf(bundle);
  const purposes = asked.purpose === undefined ? [...bundle.purposes.keys()] : [asked.purpose];
  const rows = purposes.flatMap((purpose) =>
    (bundle.purposes.get(purpose)?.claimants ?? [])
      .filter((role) => asked.role === undefined || role === asked.role)
      .flatMap((role) =>
        (bundle.roles.get(role)?.groups ?? []).flatMap((group) =>
          rowsOf(policy, { purpose, group, role }, asked.field),
        ),
      ),
  );
  return together(rows);
}

interface Asker {
  readonly purpose: Purpose;
  readonly group: RequesterGroup;
  readonly role: Role;
}

function rowsOf(policy: CompiledPolicy, asker: Asker, only: FieldId | undefined): readonly WhoRow[] {
  const roots = policy.rootsOf(asker.purpose, asker.group) ?? [];
  const number = axisOf(policy.space, 'role')?.roles.indexOf(asker.role) ?? -1;
  if (number === -1) return [];
  return policy.fields.flatMap((field, place) => {
    const root = roots[place];
    return root === undefined || (only !== undefined && only !== field)
      ? []
      : levelsOf(policy, asker, field, root, number);
  });
}

interface Reached {
  readonly rules: Set<string>;
  readonly powers: Set<string>;
}

function levelsOf(policy: CompiledPolicy, asker: Asker, field: FieldId, root: Root, role: number): readonly WhoRow[] {
  const byLevel = new Map<number, Reached>();
  for (const terminal of countCells(policy.forest, root, surelyHis(policy, role)).keys()) {
    const { level, decision } = policy.outcomes.at(terminal);
    if (level === 0) continue;
    const reached = byLevel.get(level) ?? { rules: new Set<string>(), powers: new Set<string>() };
    for (const id of decision.grants) reached.rules.add(id);
    for (const code of decision.powers) reached.powers.add(code);
    byLevel.set(level, reached);
  }
  const rules = policy.bundle.rulesFor.get(asker.purpose)?.get(asker.group)?.get(field);
  return [...byLevel].map(([level, reached]) => {
    const grants = (rules?.grants ?? []).filter(({ rule }) => reached.rules.has(rule.id));
    const caps = (rules?.caps ?? []).filter((cap) => cap.level < level && (cap.roles?.has(asker.role) ?? true));
    return {
      ...{ ...asker, level: levelOf(level), fields: [field] },
      where: [...new Set(grants.map(({ rule }) => conditionsInWords(rule)))].sort().join(', or '),
      lessWhere: caps.map(limitInWords).sort().join('; '),
      rules: [...reached.rules].sort(),
      powers: [...reached.powers].sort(),
    };
  });
}

/** The states in which a role asks about a record that is certainly his; of any other, existence at most is said. */
function surelyHis({ space }: CompiledPolicy, role: number): Region {
  return space.axes.map((axis) => {
    if (axis.kind === 'role') return [role];
    return axis.kind === 'confidence' ? [axis.confidences.indexOf('certain')] : undefined;
  });
}

const limitInWords = ({ rule, level }: PairedCap): string =>
  `${level === 0 ? 'nothing' : `no more than ${levelOf(level)}`} where ${conditionsInWords(rule)} (${rule.id})`;

function conditionsInWords({ conditions }: Rule): string {
  if (conditions.length === 0) return 'whatever the case';
  return conditions
    .map(({ fact, values }) => `${factInWords(fact)} is ${values.map(String).join(' or ')}`)
    .join(' and ');
}

/** Fields that are alike in everything but their names, in one row. */
function together(rows: readonly WhoRow[]): readonly WhoRow[] {
  const alike = new Map<string, WhoRow>();
  for (const row of rows) {
    const key = JSON.stringify({ ...row, fields: [] });
    const before = alike.get(key);
    alike.set(key, before === undefined ? row : { ...before, fields: [...before.fields, ...row.fields] });
  }
  return [...alike.values()];
}
