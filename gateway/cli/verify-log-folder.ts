import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../../schemas/result.ts';
import { verifyExport, type ExportTrust } from '../audit/export/verify-export.ts';
import { parseVerifierKey, type SignatureType, type VerifierKey } from '../audit/note/verifier-key.ts';
import { faultOfPolicy, type PolicyFault } from '../audit/witness/quorum.ts';
import { EXIT } from './json-lines-files.ts';
import { openExportFiles } from './export-log-files.ts';
import { sayExportFault, sayVerifiedExport } from './verify-log-sentences.ts';

export const VERIFY_FOLDER_USAGE =
  'holdfast log verify FOLDER --log-key KEY --witness KEY… --quorum NUMBER [--known FILE]';

/** Folder and keys of a verification, as they were typed. */
export interface FolderWords {
  readonly folder: string;
  readonly logKeys: readonly string[];
  readonly witnessKeys: readonly string[];
  readonly quorum: number;
  readonly known?: string;
}

/** Reads the words of the command, or gives undefined where they are not of its form. Nothing of trust has a default. */
export function readFolderWords(words: readonly string[]): FolderWords | undefined {
  const many = { type: 'string', multiple: true } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { 'log-key': many, witness: many, quorum: many, known: many },
      allowPositionals: true,
      strict: true,
    });
    const { 'log-key': logKeys = [], witness: witnessKeys = [], quorum = [], known = [] } = values;
    const [folder, ...more] = positionals;
    const [count = ''] = quorum;
    if (folder === undefined || more.length > 0 || logKeys.length === 0 || known.length > 1) return undefined;
    if (quorum.length !== 1 || !/^\d{1,3}$/.test(count)) return undefined;
    const [file] = known;
    return { folder, logKeys, witnessKeys, quorum: Number(count), ...(file === undefined ? {} : { known: file }) };
  } catch {
    return undefined;
  }
}

const POLICY_SENTENCES: Readonly<Record<PolicyFault, string>> = {
  'quorum-out-of-range': '--quorum is a number from 1 to the number of witnesses; 0 only without any --witness.',
  'witness-twice': 'A witness was given twice: every --witness has another name and another key.',
  'witness-key-type': 'A key given with --witness is not the key of a witness.',
};

/** The keys as they were typed, checked: a character that is wrong makes a key unusable, never another key. */
export function trustOf(
  { logKeys, witnessKeys, quorum }: Pick<FolderWords, 'logKeys' | 'witnessKeys' | 'quorum'>,
  known?: string,
): Result<ExportTrust, string> {
  const logs = keysOf(logKeys, 'ed25519', '--log-key');
  const witnesses = keysOf(witnessKeys, 'cosignature/v1', '--witness');
  if (!logs.ok) return logs;
  if (!witnesses.ok) return witnesses;
  const policy = { witnesses: witnesses.value, quorum };
  const fault = witnesses.value.length === 0 && quorum === 0 ? undefined : faultOfPolicy(policy);
  if (fault !== undefined) return err(POLICY_SENTENCES[fault]);
  return ok({ logKeys: logs.value, policy, ...(known === undefined ? {} : { known }) });
}

function keysOf(texts: readonly string[], type: SignatureType, option: string): Result<readonly VerifierKey[], string> {
  const keys: VerifierKey[] = [];
  for (const text of texts) {
    const key = parseVerifierKey(text);
    if (!key.ok)
      return err(`${option} ${text} is not a key (${key.error}): copy it again from where it was published.`);
    if (key.value.type !== type)
      return err(`${option} ${text} is a key of another kind: log and witness were exchanged.`);
    keys.push(key.value);
  }
  return ok(keys);
}

/** Verifies a folder and says so. Exit status 0: holds; 1: does not; 2: could not be tried. */
export async function runVerifyFolder(
  words: FolderWords,
  print: (sentence: string) => void,
  report: (sentence: string) => void,
): Promise<number> {
  const known = words.known === undefined ? undefined : await readFile(words.known, 'utf8');
  const trust = trustOf(words, known);
  if (!trust.ok) {
    report(trust.error);
    return EXIT.notRun;
  }
  const verified = await verifyExport(openExportFiles(words.folder), trust.value);
  if (verified.ok) print(sayVerifiedExport(verified.value));
  else report(sayExportFault(verified.error));
  return verified.ok ? EXIT.allAnswered : EXIT.linesRefused;
}
