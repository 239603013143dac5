import { compilePolicy } from '../../policies/engine/compile/compile-policy.ts';
import { interferenceIn } from '../../policies/engine/explain/interference.ts';
import { NOT_COVERED } from '../../policies/engine/prove/not-covered.ts';
import { prove, type Proof } from '../../policies/engine/prove/prove.ts';
import { readAgreements, readStatementsFor } from './policy-files.ts';

/** `holdfast policy prove`. */

export const POLICY_PROVE_USAGE = 'holdfast policy prove FOLDER';

type Tell = (sentence: string) => number;
const counted = (cells: bigint): string => cells.toLocaleString('en-GB');

/** Proves every statement about a folder's agreements in every cell. Exit status 1 where one does not hold. */
export async function runPolicyProve(words: readonly string[], print: Tell, fail: Tell): Promise<number> {
  const [folder, ...more] = words;
  if (folder === undefined || more.length > 0) return fail(`Usage: ${POLICY_PROVE_USAGE}`);
  const agreements = await readAgreements(folder);
  if (!agreements.ok) return fail(agreements.error.join('\n'));
  const statements = await readStatementsFor(folder, agreements.value.bundle);
  if (!statements.ok) return fail(statements.error.join('\n'));
  const policy = compilePolicy(agreements.value.bundle);
  const { version, proofs, cellsOfSpace } = prove(policy, statements.value);
  for (const proof of proofs) print(sayProof(proof));
  const { states, leaks } = interferenceIn(policy);
  for (const { purpose, group, field, hidden, words: told } of leaks.slice(0, 10)) {
    print(`LEAKS   ${purpose} ${group} ${field}: ${told.join(' / ')}\n        where ${hidden.join(' / ')}`);
  }
  const held = proofs.filter(({ holds }) => holds).length;
  print(`\n${held} of ${proofs.length} statements hold for version ${version}.`);
  print(`The space has ${counted(cellsOfSpace)} cells; every one that a statement speaks of was looked at.`);
  print(`Words for the asker: ${counted(BigInt(states))} states with something hidden, ${leaks.length} told apart.`);
  print(`\nNot covered:\n${NOT_COVERED.map((each) => `- ${each}`).join('\n')}`);
  return held === proofs.length && leaks.length === 0 ? 0 : 1;
}

/** One proof in a line or two. */
export function sayProof({ statement, holds, cells, broken, counterexample }: Proof): string {
  const head = `${holds ? 'holds' : 'FAILS'}   ${statement.says} [${statement.id}]\n        ${counted(cells)} cells`;
  if (holds) return head;
  if (counterexample === undefined) return `${head}: it speaks of nothing that there is.`;
  return `${head}, broken in ${counted(broken)}. ${counterexample.inWords}`;
}
