import { covers, guards, powerFits, rolesOf } from './assemble.ts';
import type { BundleContent } from './bundle.ts';
import type { CapText, FieldTerms, GrantText, GuardCapText } from './language.ts';
import { checkEffect, reachOf } from './check-effect.ts';
import { checkBases, checkPower } from './check-law.ts';
import type { Complain, PolicyProblem } from './problem.ts';
import type { AnyShapedFile, ShapedFile } from './read-files.ts';
import { FILE_SCHEMAS } from './language.ts';
import { REQUESTER_GROUPS, requesterGroupSchema } from '../../schemas/names.ts';
import type { RequesterGroup } from '../../schemas/names.ts';

/** What one file says of another, and what every bundle must contain. */

type RuleText = GrantText | CapText | GuardCapText;

/** Rules that no partnership may edit away: nothing of a victim or another third party for the council (P4). */
const MANDATORY = { group: 'council', classes: ['TP', 'TL'] } as const;

const isGroup = (word: string): word is RequesterGroup => requesterGroupSchema.safeParse(word).success;

function checkTo(content: BundleContent, rule: RuleText, at: readonly PropertyKey[], complain: Complain): void {
  (rule.to ?? []).forEach((word, index) => {
    if (isGroup(word) || content.roles.has(word)) return;
    const mend = 'Name a requester group (police, council, ...) or a role of roles.yaml.';
    complain([...at, 'to', index], `${word} is neither a requester group nor a known role`, mend);
  });
}

function checkScope(content: BundleContent, rule: RuleText, at: readonly PropertyKey[], complain: Complain): void {
  const lists = {
    classes: rule.classes,
    fields: rule.fields,
    ...('exceptClasses' in rule && { exceptClasses: rule.exceptClasses }),
    ...('exceptFields' in rule && { exceptFields: rule.exceptFields }),
  };
  for (const [name, words] of Object.entries(lists)) {
    const known = name.toLowerCase().includes('classes') ? content.classes : content.fields;
    (words ?? []).forEach((word, index) => {
      if (known.has(word)) return;
      complain([...at, name, index], `${word} is not in the field catalogue`, 'Correct it, or add it to fields.yaml.');
    });
  }
}

function checkPowers(content: BundleContent, grant: GrantText, at: readonly PropertyKey[], complain: Complain): void {
  const powers = grant.powers.map((code) => ({ code, power: content.powers.get(code) }));
  const reach = reachOf(content, grant);
  powers.forEach(({ code, power }, index) => {
    const where = [...at, 'powers', index];
    if (power === undefined) complain(where, `${code} is not a known power`, 'Correct it, or add it to powers.yaml.');
    else if (reach.length > 0 && !reach.some(({ field, group }) => powerFits(power, field, group))) {
      complain(
        where,
        `${code} can never be used here`,
        'No owner and requester of this grant may rely on it: remove it.',
      );
    }
  });
  if (powers.some(({ power }) => power === undefined)) return;
  const usable = powers.flatMap(({ power }) =>
    power !== undefined && power.inForceFrom !== null && power.standsAlone ? [power] : [],
  );
  if (usable.length === 0) {
    const mend = 'Name a power that has commenced and on which a disclosure can rest by itself.';
    complain([...at, 'powers'], `grant ${grant.id} rests on no power that is ever in force`, mend);
    return;
  }
  const bare = reach.find(({ field, group }) => !usable.some((power) => powerFits(power, field, group)));
  if (bare !== undefined) {
    const what = `grant ${grant.id} has no power under which ${bare.field.owner} may give ${bare.field.id} to ${bare.group}`;
    complain([...at, 'powers'], what, 'Add the power for that pair, or leave that owner or requester out.');
  }
}

function checkGrant(content: BundleContent, grant: GrantText, at: readonly PropertyKey[], complain: Complain): void {
  checkTo(content, grant, at, complain);
  checkScope(content, grant, at, complain);
  checkPowers(content, grant, at, complain);
  if (grant.classes === undefined && grant.fields === undefined) {
    complain(
      at,
      `grant ${grant.id} names neither classes nor fields`,
      'Say what it shares: nothing is shared by default.',
    );
  }
}

function checkCap(content: BundleContent, cap: GuardCapText, at: readonly PropertyKey[], complain: Complain): void {
  checkTo(content, cap, at, complain);
  checkScope(content, cap, at, complain);
  for (const name of ['purposes', 'exceptPurposes'] as const) {
    (cap[name] ?? []).forEach((purpose, index) => {
      if (content.purposes.has(purpose)) return;
      complain([...at, name, index], `${purpose} is not a known purpose`, 'Correct it, or add it to purposes.yaml.');
    });
  }
}

/** A field whose values none of its transforms takes would come out as "held" at every level, whatever a rule says. */
function checkTransform(id: string, terms: FieldTerms, at: readonly PropertyKey[], complain: Complain): void {
  const { transform, freeText } = terms;
  if (freeText && !transform.includes('free-text'))
    complain(
      [...at, 'transform'],
      `${id} is free text without a transform for it`,
      'Add free-text, so that only authored summaries leave.',
    );
  if (transform.includes('existence') && transform.length > 1)
    complain(
      [...at, 'transform'],
      `${id} has existence beside other transforms`,
      'Keep existence alone, or leave it out.',
    );
  if (terms.class === 'TL' && transform.some((kind) => kind !== 'third-party-location' && kind !== 'existence'))
    complain(
      [...at, 'transform'],
      `${id} is where somebody else is, with a transform for other things`,
      'Use third-party-location.',
    );
}

function checkFieldsFile(file: ShapedFile<'fields'>, content: BundleContent, complain: Complain): void {
  for (const owner of REQUESTER_GROUPS) {
    for (const [id, terms] of Object.entries(file.data.fields[owner] ?? {})) {
      const at = ['fields', owner, id];
      if (!content.classes.has(terms.class)) {
        complain([...at, 'class'], `${terms.class} is not a known class`, 'Correct it, or add it under classes.');
      }
      if (terms.subject === 'victim' && !MANDATORY.classes.some((each) => each === terms.class)) {
        const mend = `Use class ${MANDATORY.classes.join(' or ')}, which the guards keep from the ${MANDATORY.group}.`;
        complain([...at, 'class'], `${id} is about a victim but its class is ${terms.class}`, mend);
      }
      checkTransform(id, terms, at, complain);
      if (!id.startsWith(`${owner.slice(0, 3)}.`)) {
        const mend = `Fields of ${owner} begin with "${owner.slice(0, 3)}.": move it to its owner.`;
        complain(at, `${id} stands under ${owner} but is named for another owner`, mend);
      }
    }
  }
}

function checkPurposesFile(file: ShapedFile<'purposes'>, content: BundleContent, complain: Complain): void {
  for (const [purpose, terms] of Object.entries(file.data.purposes)) {
    terms.claimants.forEach((role, index) => {
      if (content.roles.has(role)) return;
      const at = ['purposes', purpose, 'claimants', index];
      complain(at, `${role} is not a known role`, 'Correct it, or add it to roles.yaml.');
    });
  }
}

function checkEachHasAgreement(file: ShapedFile<'purposes'>, content: BundleContent, complain: Complain): void {
  for (const purpose of Object.keys(file.data.purposes)) {
    if (!content.agreements.has(purpose)) {
      const mend = 'Add a file that begins with "agreement:" and this purpose, or remove the purpose.';
      complain(['purposes', purpose], `purpose ${purpose} has no agreement`, mend);
    }
  }
}

function checkFile(file: AnyShapedFile, content: BundleContent, complain: Complain): void {
  switch (file.kind) {
    case 'fields':
      return checkFieldsFile(file, content, complain);
    case 'purposes':
      return checkPurposesFile(file, content, complain);
    case 'guards':
      file.data.guards.caps.forEach((cap, index) => checkCap(content, cap, ['guards', 'caps', index], complain));
      file.data.guards.obligations.forEach((rule, index) =>
        (rule.classes ?? []).forEach((word, place) => {
          if (content.classes.has(word)) return;
          const at = ['guards', 'obligations', index, 'classes', place];
          complain(at, `${word} is not in the field catalogue`, 'Correct it, or add it to fields.yaml.');
        }),
      );
      return;
    case 'agreement':
      if (!content.purposes.has(file.data.agreement)) {
        complain(
          ['agreement'],
          `${file.data.agreement} is not a known purpose`,
          'Correct it, or add it to purposes.yaml.',
        );
      }
      file.data.grants.forEach((grant, index) => checkGrant(content, grant, ['grants', index], complain));
      file.data.caps.forEach((cap, index) => checkCap(content, cap, ['caps', index], complain));
      checkBases(file.data.agreement, file.data.bases, file.data.grants, content, complain);
      checkEffect(content, file.data.agreement, file.data, complain);
      return;
    case 'powers':
      for (const [code, power] of Object.entries(file.data.powers)) checkPower(code, power, content, complain);
      return;
    case 'roles':
      return;
  }
}

function idsOf(file: AnyShapedFile): readonly { readonly id: string; readonly at: readonly PropertyKey[] }[] {
  const list = (rules: readonly { id: string }[], at: readonly PropertyKey[]) =>
    rules.map(({ id }, index) => ({ id, at: [...at, index] }));
  if (file.kind === 'agreement') return [...list(file.data.grants, ['grants']), ...list(file.data.caps, ['caps'])];
  if (file.kind !== 'guards') return [];
  return [
    ...list(file.data.guards.caps, ['guards', 'caps']),
    ...list(file.data.guards.obligations, ['guards', 'obligations']),
  ];
}

/** The place where the guards' caps begin, for a guard that is not there. */
const placeOfGuards = (files: readonly AnyShapedFile[]): Pick<PolicyProblem, 'file' | 'line'> => {
  const file = files.find(({ kind }) => kind === 'guards');
  return { file: file?.path ?? 'guards.yaml', line: file?.lineOf(['guards', 'caps']) ?? 0 };
};

/** The mandatory guard holds for a field and purpose when some cap denies it to the whole group, come what may. */
function missingGuards(content: BundleContent, files: readonly AnyShapedFile[]): PolicyProblem[] {
  const unconditional = (cap: CapText) =>
    cap.atMost === 'deny' && cap.when === undefined && rolesOf(cap.to, MANDATORY.group, content) === 'all';
  return [...content.agreements.keys()].flatMap((purpose) => {
    const caps = [
      ...(content.agreements.get(purpose)?.caps ?? []),
      ...content.guardCaps.filter((cap) => guards(cap, purpose)),
    ].filter(unconditional);
    const open = [...content.fields.values()].find(
      (field) => MANDATORY.classes.some((each) => each === field.class) && !caps.some((cap) => covers(cap, field)),
    );
    if (open === undefined) return [];
    const what = `nothing denies ${open.id} (class ${open.class}) to the ${MANDATORY.group} for ${purpose}`;
    const mend = `Restore the guard that caps classes ${MANDATORY.classes.join(' and ')} at deny for the ${MANDATORY.group}, without conditions.`;
    return [{ ...placeOfGuards(files), what, mend }];
  });
}

/**
 * Takes gathered content, the files it came from, and whether these are all; gives every problem between files. Where
 * some agreement could not be read, none is called missing.
 */
export function checkBundle(
  content: BundleContent,
  files: readonly AnyShapedFile[],
  whole: boolean,
): readonly PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const seen = new Map<string, string>();
  for (const file of files) {
    const complain: Complain = (at, what, mend) =>
      problems.push({ file: file.path, line: file.lineOf(at), what, mend });
    checkFile(file, content, complain);
    if (whole && file.kind === 'purposes') checkEachHasAgreement(file, content, complain);
    for (const { id, at } of idsOf(file)) {
      const first = seen.get(id);
      if (first !== undefined)
        complain(at, `rule ${id} has the same id as one in ${first}`, 'Give each rule its own id.');
      seen.set(id, file.path);
    }
  }
  for (const kind of [
    'purposes',
    'powers',
    'roles',
    'fields',
    'guards',
  ] as const satisfies readonly (keyof typeof FILE_SCHEMAS)[]) {
    if (files.some((file) => file.kind === kind)) continue;
    problems.push({
      file: `${kind}.yaml`,
      line: 0,
      what: `no file says which ${kind} there are`,
      mend: `Add ${kind}.yaml.`,
    });
  }
  return [...problems, ...missingGuards(content, files)];
}
