import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import { loadBundle } from '../load.ts';
import type { PolicyProblem } from '../problem.ts';
import {
  readSignedBundle,
  sameTexts,
  signedBundleText,
  statementDigest,
  statementText,
  type BundleStatement,
  type FolderTexts,
  type SignedBundle,
} from './bundle-form.ts';
import { personOf, type Signer, type Signers } from './signers.ts';
import { agreementFiles, verifyBundles, type BundleFault, type Verifying } from './verify-bundle.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';

/**
 * One person's signature on a folder of agreements. The first to sign is its author and makes the statement; everybody
 * after that signs the very same statement, and only while the folder still holds its files.
 */

export interface ToSign {
  /** Texts of the signed bundles there are, oldest first; the newest may still wait for signatures. */
  readonly texts: readonly string[];
  /** The folder as it is now. */
  readonly folder: FolderTexts;
  readonly key: KeyObject;
  readonly verifying: Verifying;
  /** The number of an earlier bundle that is to be brought back. */
  readonly restore?: number;
}

export interface Signed {
  readonly number: number;
  /** What to keep as the `number`th file. */
  readonly text: string;
  readonly signer: Signer;
  /** What it still waits for; undefined where it holds. */
  readonly waits: BundleFault | undefined;
}

export type SignFault =
  | { readonly code: 'key-not-listed' }
  | { readonly code: 'not-a-bundle'; readonly problems: readonly PolicyProblem[] }
  /** Signed already, by everybody who has to, and the folder has not changed. */
  | { readonly code: 'complete'; readonly number: number }
  /** Another person's statement waits, and the folder is not what it says. */
  | { readonly code: 'folder-differs'; readonly number: number; readonly author: string }
  | BundleFault;

/** Signs what a folder holds, or says why that cannot be signed. Writes nothing. */
export function signFolder(toSign: ToSign): Result<Signed, SignFault> {
  const { texts, folder, key, verifying } = toSign;
  const signer = signerOf(key, verifying.signers);
  if (signer === undefined) return err({ code: 'key-not-listed' });
  const state = stateOf(texts, verifying);
  if (!state.ok) return state;
  const { complete, pending } = state.value;
  if (pending !== undefined && sameTexts(pending.statement, folder) && isFor(pending, verifying))
    return finish(toSign, complete, addSignature(pending, signer, key), signer);
  if (pending !== undefined && !isAuthor(pending, signer, verifying.signers)) {
    const { number, author } = pending.statement;
    return err({ code: 'folder-differs', number, author });
  }
  const statement = statementOf(toSign, complete, signer);
  if (!statement.ok) return statement;
  return finish(toSign, complete, addSignature({ statement: statement.value, signatures: [] }, signer, key), signer);
}

interface State {
  /** Texts of bundles that hold. */
  readonly complete: readonly string[];
  /** The newest, where it does not hold yet for want of signatures. */
  readonly pending: SignedBundle | undefined;
}

/** What waits for signatures is the newest alone; anything else that does not hold is a fault. */
function stateOf(texts: readonly string[], verifying: Verifying): Result<State, BundleFault> {
  if (texts.length === 0) return ok({ complete: [], pending: undefined });
  const verified = verifyBundles(texts, verifying);
  if (verified.ok || (verified.error.code === 'other-signers' && holdsOtherwise(texts, verifying)))
    return ok({ complete: texts, pending: undefined });
  const last = readSignedBundle(texts.at(-1) ?? '');
  const waits = verified.error.code === 'signature-short' || verified.error.code === 'other-signers';
  if (!waits || !last.ok) return verified;
  if (verified.error.code === 'signature-short' && verified.error.number !== texts.length) return verified;
  return ok({ complete: texts.slice(0, -1), pending: last.value });
}

/** Whether the newest holds under the list of signers that it names, though the list is another now. */
function holdsOtherwise(texts: readonly string[], verifying: Verifying): boolean {
  const last = readSignedBundle(texts.at(-1) ?? '');
  if (!last.ok) return false;
  const signers = { ...verifying.signers, digest: last.value.statement.signers };
  return verifyBundles(texts, { ...verifying, signers }).ok;
}

const isFor = ({ statement }: SignedBundle, { signers }: Verifying): boolean => statement.signers === signers.digest;

function isAuthor({ statement }: SignedBundle, signer: Signer, { byId }: Signers): boolean {
  const author = byId.get(statement.author);
  return author !== undefined && personOf(author) === personOf(signer);
}

function statementOf(
  { folder, verifying, restore }: ToSign,
  complete: readonly string[],
  signer: Signer,
): Result<BundleStatement, SignFault> {
  const loaded = loadBundle(agreementFiles(folder.files));
  if (!loaded.ok) return err({ code: 'not-a-bundle', problems: loaded.error });
  const before = complete.flatMap((text) => {
    const read = readSignedBundle(text);
    return read.ok ? [read.value.statement] : [];
  });
  const last = before.at(-1);
  const number = before.length + 1;
  if (last !== undefined && sameTexts(last, folder) && last.signers === verifying.signers.digest)
    return err({ code: 'complete', number: last.number });
  const restored = restore === undefined ? undefined : before[restore - 1];
  if (restore !== undefined && restored === undefined) return err({ code: 'restores-another', number });
  return ok({
    form: 'holdfast-policy-bundle/1',
    ...{ number, previous: last === undefined ? null : statementDigest(last) },
    restores: restored === undefined ? null : statementDigest(restored),
    version: loaded.value.version,
    author: signer.id,
    signers: verifying.signers.digest,
    files: { ...folder.files },
    invariants: { ...folder.invariants },
  });
}

function finish(
  { verifying }: ToSign,
  complete: readonly string[],
  bundle: SignedBundle,
  signer: Signer,
): Result<Signed, SignFault> {
  const text = signedBundleText(bundle);
  const { number } = bundle.statement;
  const verified = verifyBundles([...complete, text], verifying);
  if (verified.ok) return ok({ number, text, signer, waits: undefined });
  return verified.error.code === 'signature-short' && verified.error.number === number
    ? ok({ number, text, signer, waits: verified.error })
    : verified;
}

/** The signer whose key this is. */
export function signerOf(key: KeyObject, { byId }: Signers): Signer | undefined {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  return [...byId.values()].find(({ publicKey }) => publicKey === x);
}

function addSignature({ statement, signatures }: SignedBundle, { id }: Signer, key: KeyObject): SignedBundle {
  const signature = sign(null, Buffer.from(statementText(statement)), key).toString('base64url');
  const others = signatures.filter(({ signer }) => signer !== id);
  return {
    statement,
    signatures: [...others, { signer: id, signature }].sort((a, b) => (a.signer < b.signer ? -1 : 1)),
  };
}
