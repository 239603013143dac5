import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sight } from '../linkage/explain/masks.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { AnsweredQuestion } from './resolve.ts';
import { explainAnswer } from './resolve-explain.ts';

/** Explanations hold what the questions hold: nobody else's to read on a shared machine. */
const OWNER_ONLY = { folder: 0o700, file: 0o600 } as const;
const DIGITS = 6;

/**
 * Makes the folder of `--explain` and what writes into it: `000012.txt` and `000012-01.svg` for the twelfth line of the
 * answers. Named by number, because a question's own name may be a path. A folder that holds anything is refused: an
 * older run's explanations would stand beside the new ones.
 *
 * @returns a sentence where the folder cannot be used; the function throws where a file cannot be written
 */
export function makeExplainFolder(folder: string, sight: Sight): Result<AnsweredQuestion, string> {
  try {
    mkdirSync(folder, { recursive: true, mode: OWNER_ONLY.folder });
    if (readdirSync(folder).length > 0)
      return err(`${folder} is not empty: give the explanations a folder of their own.`);
  } catch {
    return err(`${folder} cannot be made or read.`);
  }
  let answers = 0;
  const write = (name: string, content: string): void => {
    writeFileSync(join(folder, name), content, { mode: OWNER_ONLY.file, flag: 'wx' });
  };
  return ok((question, result) => {
    answers += 1;
    const number = String(answers).padStart(DIGITS, '0');
    const { text, pictures } = explainAnswer(question, result, sight);
    write(`${number}.txt`, text);
    pictures.forEach((picture, at) => write(`${number}-${String(at + 1).padStart(2, '0')}.svg`, picture));
  });
}
