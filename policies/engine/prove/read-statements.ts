import type { BundleContent } from '../bundle.ts';
import { FACT_DIMENSIONS } from '../dimensions.ts';
import { caseFactSchema } from '../language.ts';
import type { PolicyProblem } from '../problem.ts';
import type { PolicyFile } from '../read-files.ts';
import { readYaml } from '../read-yaml.ts';
import { statementFileSchema } from './statement.ts';
import type { FactValues, Statement } from './statement.ts';
import { REQUESTER_GROUPS } from '../../../schemas/names.ts';
import { err, ok } from '../../../schemas/result.ts';
import type { Result } from '../../../schemas/result.ts';

/** The value of a fact that stands for its not being known. */
export const UNKNOWN = 'unknown';

/**
 * Takes files of statements and the bundle that they speak of; gives the statements, or every problem with file and
 * line. A statement with a misspelt word would speak of nothing, hold for ever and protect nobody.
 */
export function readStatements(
  files: readonly PolicyFile[],
  content: BundleContent,
): Result<readonly Statement[], readonly PolicyProblem[]> {
  const problems: PolicyProblem[] = [];
  const statements: Statement[] = [];
  const ids = new Set<string>();
  for (const { path, text } of files) {
    const file = readYaml(path, text, problems);
    if (file === undefined) continue;
    const parsed = statementFileSchema.safeParse(file.data);
    if (!parsed.success) {
      const mend = 'Correct it; the README of policies/invariants lists what may stand here.';
      for (const issue of parsed.error.issues) {
        const what = `"${issue.path.map(String).join('.')}": ${issue.message}`;
        problems.push({ file: path, line: file.lineOf(issue.path), what, mend });
      }
      continue;
    }
    for (const [index, statement] of parsed.data.statements.entries()) {
      const line = file.lineOf(['statements', index]);
      if (ids.has(statement.id)) {
        problems.push({ file: path, line, what: `${statement.id} is said twice`, mend: 'Give one another id.' });
      }
      ids.add(statement.id);
      for (const word of unknownWords(statement, content)) {
        const what = `${statement.id} speaks of ${word}, which there is not`;
        problems.push({ file: path, line, what, mend: 'Correct the word, or the agreement that lost it.' });
      }
      statements.push(statement);
    }
  }
  return problems.length > 0 ? err(problems) : ok(statements);
}

function unknownWords(statement: Statement, content: BundleContent): readonly string[] {
  const missing = (words: readonly string[] | undefined, has: (word: string) => boolean) =>
    (words ?? []).filter((word) => !has(word));
  const isRequester = (word: string) => content.roles.has(word) || REQUESTER_GROUPS.some((group) => group === word);
  const values = [statement.when, statement.unless, statement.noMoreThanWhen];
  return [
    ...missing([...(statement.to ?? []), ...(statement.exceptTo ?? [])], isRequester),
    ...missing([...(statement.purposes ?? []), ...(statement.exceptPurposes ?? [])], (word) =>
      content.purposes.has(word),
    ),
    ...missing([...(statement.classes ?? []), ...(statement.exceptClasses ?? [])], (word) => content.classes.has(word)),
    ...missing([...(statement.fields ?? []), ...(statement.exceptFields ?? [])], (word) => content.fields.has(word)),
    ...missing(
      [...(statement.restsOnOneOf ?? []), ...(statement.restsOnlyOn ?? []), ...(statement.neverRestsOn ?? [])],
      (word) => content.powers.has(word),
    ),
    ...values.flatMap((each) => unknownValues(each)),
  ];
}

function unknownValues(values: FactValues | undefined): readonly string[] {
  return caseFactSchema.options.flatMap((fact) => {
    const known: readonly unknown[] = FACT_DIMENSIONS[fact].values;
    const strange = (values?.[fact] ?? []).filter((value) => value !== UNKNOWN && !known.includes(value));
    return strange.map((value) => `${fact}: ${String(value)}`);
  });
}
