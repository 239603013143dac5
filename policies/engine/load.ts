import { assembleBundle } from './assemble.ts';
import type { Agreement, BundleContent, CatalogueField, PolicyBundle } from './bundle.ts';
import { checkBundle } from './check.ts';
import type { Basis, CaseFact, GuardCapText, StandingObligation } from './language.ts';
import { caseFactSchema } from './language.ts';
import type { PolicyProblem } from './problem.ts';
import { readFiles } from './read-files.ts';
import type { AnyShapedFile, PolicyFile } from './read-files.ts';
import { err, ok } from '../../schemas/result.ts';
import type { Result } from '../../schemas/result.ts';
import { REQUESTER_GROUPS } from '../../schemas/names.ts';
import type { FieldId, Purpose } from '../../schemas/names.ts';

const LIMITS = { files: 200 } as const;

/** Puts entries of several files into one map; the second of one name is a problem, never an overwrite. */
function mergeInto<V>(
  target: Map<string, V>,
  entries: Readonly<Record<string, V>>,
  file: AnyShapedFile,
  at: readonly PropertyKey[],
  problems: PolicyProblem[],
): void {
  for (const [name, value] of Object.entries(entries)) {
    if (target.has(name)) {
      problems.push({
        file: file.path,
        line: file.lineOf([...at, name]),
        what: `${name} is defined twice`,
        mend: 'Keep one of the two.',
      });
    } else target.set(name, value);
  }
}

interface Gathered {
  readonly purposes: Map<Purpose, BundleContent['purposes'] extends ReadonlyMap<string, infer V> ? V : never>;
  readonly powers: Map<string, BundleContent['powers'] extends ReadonlyMap<string, infer V> ? V : never>;
  readonly roles: Map<string, BundleContent['roles'] extends ReadonlyMap<string, infer V> ? V : never>;
  readonly classes: Map<string, string>;
  readonly fields: Map<FieldId, CatalogueField>;
  readonly factLimits: Map<string, { readonly staleAfterHours: number; readonly why: string }>;
  readonly agreements: Map<Purpose, Agreement>;
  readonly bases: Map<Purpose, readonly Basis[]>;
  readonly guardCaps: GuardCapText[];
  readonly standingObligations: StandingObligation[];
}

function gather(file: AnyShapedFile, into: Gathered, problems: PolicyProblem[]): void {
  switch (file.kind) {
    case 'purposes':
      return mergeInto(into.purposes, file.data.purposes, file, ['purposes'], problems);
    case 'powers':
      return mergeInto(into.powers, file.data.powers, file, ['powers'], problems);
    case 'roles':
      return mergeInto(into.roles, file.data.roles, file, ['roles'], problems);
    case 'fields':
      mergeInto(into.classes, file.data.classes, file, ['classes'], problems);
      for (const owner of REQUESTER_GROUPS) {
        const listed: Record<FieldId, CatalogueField> = {};
        for (const [id, terms] of Object.entries(file.data.fields[owner] ?? {})) listed[id] = { ...terms, id, owner };
        mergeInto(into.fields, listed, file, ['fields', owner], problems);
      }
      return;
    case 'guards':
      mergeInto(into.factLimits, file.data.guards.facts, file, ['guards', 'facts'], problems);
      into.guardCaps.push(...file.data.guards.caps);
      into.standingObligations.push(...file.data.guards.obligations);
      return;
    case 'agreement': {
      const { agreement, title, bases, obligations, grants, caps } = file.data;
      into.bases.set(agreement, bases);
      const entry = { [agreement]: { title, obligations, grants, caps } };
      return mergeInto<Agreement>(into.agreements, entry, file, ['agreement'], problems);
    }
  }
}

type FactLimits = BundleContent['factLimits'];
const coversEveryFact = (limits: Partial<FactLimits>): limits is FactLimits =>
  caseFactSchema.options.every((fact: CaseFact) => limits[fact] !== undefined);

/**
 * Takes every file of a bundle as path and text (the caller reads them; this function does no I/O) and gives the bundle
 * ready to decide, or every problem of every file at once, each with file, line, what is wrong and how to mend it.
 * Never throws, whatever the texts are. A bundle with one problem is no bundle: there is no partial load.
 */
export function loadBundle(files: readonly PolicyFile[]): Result<PolicyBundle, readonly PolicyProblem[]> {
  const problems: PolicyProblem[] = [];
  if (files.length > LIMITS.files) {
    const what = `more than ${LIMITS.files} files`;
    return err([{ file: '', line: 0, what, mend: 'Name the folder that holds the agreements, and nothing else.' }]);
  }
  const shaped = readFiles(files, problems);
  const gathered: Gathered = {
    purposes: new Map(),
    powers: new Map(),
    roles: new Map(),
    classes: new Map(),
    fields: new Map(),
    factLimits: new Map(),
    agreements: new Map(),
    bases: new Map(),
    guardCaps: [],
    standingObligations: [],
  };
  for (const file of shaped) gather(file, gathered, problems);
  const factLimits: Partial<FactLimits> = Object.fromEntries(gathered.factLimits);
  if (!coversEveryFact(factLimits)) {
    const what = 'the guards do not say for every case fact when it is stale';
    const mend = `List under guards.facts: ${caseFactSchema.options.join(', ')}.`;
    // Where the guards could not be read, that is the problem, and it is said already.
    if (shaped.length === files.length) problems.push({ file: 'guards.yaml', line: 0, what, mend });
    return err(problems);
  }
  const content: BundleContent = { ...gathered, factLimits };
  // References are checked only against what could be read: one misspelt word should be one problem, not fifty.
  const unread = files.filter(({ path }) => !shaped.some((file) => file.path === path));
  const onlyAgreements = unread.every(({ text }) => /^agreement:/m.test(text));
  if (onlyAgreements) problems.push(...checkBundle(content, shaped, unread.length === 0));
  return problems.length > 0 ? err(problems) : ok(assembleBundle(content));
}
