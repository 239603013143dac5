import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { PolicyBundle } from '../../policies/engine/index.ts';
import { approvedText, readApproved } from '../../policies/engine/diff/approved.ts';
import { diffBundles } from '../../policies/engine/diff/diff-bundles.ts';
import { diffInWords } from '../../policies/engine/diff/diff-in-words.ts';
import { readAgreements } from './policy-files.ts';

/** `holdfast policy diff`. */

export const POLICY_DIFF_USAGE =
  'holdfast policy diff OLD NEW | --against-signed [--in FOLDER] [--acknowledge | --approve]';

type Tell = (sentence: string) => number;
const flag = { type: 'boolean' } as const;

/** What a repository keeps beside its agreements: those approved last, and the change since that somebody answers for. */
const KEPT = { approved: 'approved.json', changes: 'changes.txt' } as const;

/**
 * Says who gains and who loses what. `shipped` is the folder that holds agreements, statements and what was approved,
 * unless `--in` names another. Against the approved version the exit status is 1 while a change is not acknowledged.
 */
export async function runPolicyDiff(
  words: readonly string[],
  shipped: string,
  print: Tell,
  fail: Tell,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { 'against-signed': flag, acknowledge: flag, approve: flag, in: { type: 'string' } },
    allowPositionals: true,
    strict: true,
  });
  const [old, now, ...more] = positionals;
  if (values['against-signed'] === true && old === undefined) {
    const wish = values.approve === true ? 'approve' : values.acknowledge === true ? 'acknowledge' : 'check';
    return againstApproved(values.in ?? shipped, wish, print, fail);
  }
  if (old === undefined || now === undefined || more.length > 0) return fail(`Usage: ${POLICY_DIFF_USAGE}`);
  const [before, after] = [await readAgreements(old), await readAgreements(now)];
  if (!before.ok) return fail(before.error.join('\n'));
  if (!after.ok) return fail(after.error.join('\n'));
  return print(wordsOf(before.value.bundle, after.value.bundle));
}

const wordsOf = (before: PolicyBundle, after: PolicyBundle): string =>
  diffInWords(diffBundles(before, after), after).join('\n');

async function againstApproved(
  folder: string,
  wish: 'check' | 'acknowledge' | 'approve',
  print: Tell,
  fail: Tell,
): Promise<number> {
  const agreements = await readAgreements(folder);
  if (!agreements.ok) return fail(agreements.error.join('\n'));
  const { bundle, files } = agreements.value;
  const [approvedFile, changesFile] = [join(folder, KEPT.approved), join(folder, KEPT.changes)];
  if (wish === 'approve') {
    await writeFile(approvedFile, approvedText(bundle, files));
    await rm(changesFile, { force: true });
    return print(`Version ${bundle.version} is what changes are compared with from now on.`);
  }
  const kept = await readFile(approvedFile, 'utf8').catch(() => undefined);
  if (kept === undefined) return fail(`${approvedFile} is not there: approve the agreements first, with --approve.`);
  const approved = readApproved(kept);
  if (!approved.ok) return fail(approved.error);
  if (approved.value.version === bundle.version) return print(`Nothing changed. Version ${bundle.version}.`);
  const said = `${wordsOf(approved.value, bundle)}\n`;
  print(said);
  if (wish === 'acknowledge') {
    await writeFile(changesFile, said);
    return print(`Written to ${changesFile}: commit it with the change, so that whoever reviews it reads this.`);
  }
  const acknowledged = await readFile(changesFile, 'utf8').catch(() => undefined);
  if (acknowledged === said) return print('The change is acknowledged.');
  return fail('This change is not acknowledged as it is now: read it, then run the command with --acknowledge.');
}
