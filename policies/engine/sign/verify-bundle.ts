import { createHash, verify } from 'node:crypto';
import type { PolicyBundle } from '../bundle.ts';
import { loadBundle } from '../load.ts';
import type { PolicyFile } from '../read-files.ts';
import {
  readSignedBundle,
  statementDigest,
  statementText,
  type BundleStatement,
  type FolderTexts,
  type SignedBundle,
} from './bundle-form.ts';
import {
  allThatIsGiven,
  gainsOfTerms,
  missingSignatures,
  officesNeeded,
  type GainsBetween,
  type Missing,
} from './signatures-needed.ts';
import { publicKeyOf, type Office, type Signer, type Signers } from './signers.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';

/**
 * Whether signed bundles hold: each signed by everybody whom its difference from the one before calls for, back to the
 * first. The attacker may put any file in the folder, a forged "previous" bundle that already gives everything among
 * them; so every link is verified, unless a digest that the caller trusts stands for all before it.
 */

export type BundleFault =
  | { readonly code: 'nothing-signed' }
  /** Of the `number`th file: not the one form in which bundles are kept. */
  | { readonly code: 'malformed'; readonly number: number }
  | { readonly code: 'out-of-order'; readonly number: number }
  /** Its files do not say what its version says, or are no bundle at all. */
  | { readonly code: 'version-differs'; readonly number: number }
  | { readonly code: 'unknown-signer'; readonly number: number; readonly signer: string }
  | { readonly code: 'signature-wrong'; readonly number: number; readonly signer: string }
  | { readonly code: 'signature-short'; readonly number: number; readonly missing: Missing }
  /** The author named in it did not sign. */
  | { readonly code: 'author-did-not-sign'; readonly number: number; readonly signer: string }
  /** Files of an earlier bundle, without an order to bring them back. */
  | { readonly code: 'brings-back'; readonly number: number; readonly earlier: number }
  | { readonly code: 'restores-another'; readonly number: number }
  | { readonly code: 'other-signers'; readonly number: number };

/** How the bundle in force was signed: what the log keeps of it, and what the next is held against. */
export interface SignedAs {
  readonly number: number;
  readonly digest: string;
  /** Digest of the list of signers. */
  readonly signers: string;
  readonly author: string;
  /** Ids of all keys that signed. */
  readonly by: readonly string[];
}

export interface VerifiedBundle {
  readonly bundle: PolicyBundle;
  readonly signed: SignedAs;
  /** Digests of all statements from the first to this one. */
  readonly chain: readonly string[];
  readonly folder: FolderTexts;
}

export interface Verifying {
  readonly signers: Signers;
  readonly gainsBetween: GainsBetween;
  /** A statement that was verified before; those before it are then only followed by their digests. */
  readonly trusted?: string;
}

interface Link {
  readonly signed: SignedBundle;
  readonly digest: string;
}

/** Takes the texts of signed bundles, oldest first; gives the newest, verified with all before it. Never throws. */
export function verifyBundles(texts: readonly string[], verifying: Verifying): Result<VerifiedBundle, BundleFault> {
  const links = readLinks(texts);
  if (!links.ok) return links;
  const newest = links.value.at(-1);
  if (newest === undefined) return err({ code: 'nothing-signed' });
  const { statement, signatures } = newest.signed;
  if (statement.signers !== verifying.signers.digest) return err({ code: 'other-signers', number: statement.number });
  const trustedAt = links.value.findIndex(({ digest }) => digest === verifying.trusted);
  const from = Math.max(0, trustedAt);
  let before: PolicyBundle | undefined;
  for (const [place, link] of links.value.entries()) {
    if (place < from) continue;
    const bundle = bundleOf(link.signed.statement);
    if (bundle === undefined) return err({ code: 'version-differs', number: place + 1 });
    const fault = place === trustedAt ? undefined : faultOfLink(links.value, place, { before, bundle, verifying });
    if (fault !== undefined) return err(fault);
    before = bundle;
  }
  if (before === undefined) return err({ code: 'nothing-signed' });
  const { number, author, signers, files, invariants } = statement;
  const by = [...new Set(signatures.map(({ signer }) => signer))].sort();
  return ok({
    bundle: before,
    chain: links.value.map(({ digest }) => digest),
    folder: { files, invariants },
    signed: { number, digest: newest.digest, signers, author, by },
  });
}

/** The statements in order, each naming the one before; and none that quietly brings back what was replaced. */
function readLinks(texts: readonly string[]): Result<readonly Link[], BundleFault> {
  const links: Link[] = [];
  for (const [place, text] of texts.entries()) {
    const number = place + 1;
    const signed = readSignedBundle(text);
    if (!signed.ok) return err({ code: 'malformed', number });
    const { statement } = signed.value;
    if (statement.number !== number || statement.previous !== (links.at(-1)?.digest ?? null))
      return err({ code: 'out-of-order', number });
    const fault = faultOfRestoring(statement, links);
    if (fault !== undefined) return err(fault);
    links.push({ signed: signed.value, digest: statementDigest(statement) });
  }
  return ok(links);
}

function faultOfRestoring(statement: BundleStatement, before: readonly Link[]): BundleFault | undefined {
  const { number, restores, version } = statement;
  if (restores !== null) {
    const earlier = before.slice(0, -1).find(({ digest }) => digest === restores);
    const same = earlier?.signed.statement.version === version;
    return same ? undefined : { code: 'restores-another', number };
  }
  const earlier = before.slice(0, -1).find((link) => link.signed.statement.version === version);
  const unchanged = before.at(-1)?.signed.statement.version === version;
  return earlier === undefined || unchanged
    ? undefined
    : { code: 'brings-back', number, earlier: earlier.signed.statement.number };
}

/** Bundles that were loaded for verifying, by their files: one is looked at with each signature that it gets. */
const loadedBefore = new Map<string, PolicyBundle>();
const LOADED_MAX = 16;

/** The bundle that a statement's files are, if they say what its version says. */
export function bundleOf(statement: BundleStatement): PolicyBundle | undefined {
  const key = createHash('sha256')
    .update(JSON.stringify(Object.entries(statement.files)))
    .digest('hex');
  const known = loadedBefore.get(key);
  if (known !== undefined) return known.version === statement.version ? known : undefined;
  const loaded = loadBundle(agreementFiles(statement.files));
  if (!loaded.ok) return undefined;
  if (loadedBefore.size >= LOADED_MAX) loadedBefore.clear();
  loadedBefore.set(key, loaded.value);
  return loaded.value.version === statement.version ? loaded.value : undefined;
}

/** The files of a statement as the language reads them. */
export function agreementFiles(files: Readonly<Record<string, string>>): readonly PolicyFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}

interface Judged {
  readonly before: PolicyBundle | undefined;
  readonly bundle: PolicyBundle;
  readonly verifying: Verifying;
}

function faultOfLink(links: readonly Link[], place: number, judged: Judged): BundleFault | undefined {
  const link = links[place];
  if (link === undefined) return { code: 'nothing-signed' };
  const { statement } = link.signed;
  const { number } = statement;
  const signedBy = signersIn(link.signed, judged.verifying.signers);
  if (!signedBy.ok) return signedBy.error;
  const author = signedBy.value.find(({ id }) => id === statement.author);
  if (author === undefined) return { code: 'author-did-not-sign', number, signer: statement.author };
  const needed = officesFor(statement, links[place - 1]?.signed.statement, judged);
  const missing = missingSignatures(needed, author, signedBy.value);
  return missing.offices.length > 0 || missing.another ? { code: 'signature-short', number, missing } : undefined;
}

/**
 * The offices that have to sign a statement. Where the signers are others than before, or an invariant was changed or
 * taken away, all that have to sign a first one: either would let later changes through that nobody sees.
 */
function officesFor(
  statement: BundleStatement,
  previous: BundleStatement | undefined,
  { before, bundle, verifying }: Judged,
): readonly Office[] {
  const anew =
    before === undefined ||
    previous?.signers !== statement.signers ||
    Object.entries(previous.invariants).some(([name, text]) => statement.invariants[name] !== text);
  const gains = anew
    ? allThatIsGiven(bundle)
    : [...verifying.gainsBetween(before, bundle), ...gainsOfTerms(before, bundle)];
  return officesNeeded(gains);
}

/** Everybody who signed. One signature that does not hold refuses the bundle: it was altered, or a key is another's. */
export function signersIn(
  { statement, signatures }: SignedBundle,
  { byId }: Signers,
): Result<readonly Signer[], BundleFault> {
  const { number } = statement;
  const text = Buffer.from(statementText(statement));
  const found: Signer[] = [];
  for (const { signer: id, signature } of signatures) {
    const signer = byId.get(id);
    if (signer === undefined || number > (signer.until ?? Number.POSITIVE_INFINITY))
      return err({ code: 'unknown-signer', number, signer: id });
    if (!verify(null, text, publicKeyOf(signer), Buffer.from(signature, 'base64url')))
      return err({ code: 'signature-wrong', number, signer: id });
    found.push(signer);
  }
  return ok(found);
}
