import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { FolderTexts } from '../../policies/engine/sign/bundle-form.ts';
import { signFolder, type SignFault } from '../../policies/engine/sign/sign-bundle.ts';
import type { GainsBetween } from '../../policies/engine/sign/signatures-needed.ts';
import { PARTNERSHIP_OFFICES } from '../agencies/sign-policies.ts';
import { signersOf, type Office, type Signer, type Signers } from '../../policies/engine/sign/signers.ts';
import type { Result } from '../../schemas/result.ts';

/** Signers of a partnership that does not exist, with keys made for the occasion. */

export interface Hand {
  readonly signer: Signer;
  readonly key: KeyObject;
}

/** A person with a fresh key. */
export function handOf(id: string, roles: readonly Office[], more: Partial<Signer> = {}): Hand {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const x = String(publicKey.export({ format: 'jwk' }).x);
  const signer = {
    id,
    person: id,
    agency: 'riverton',
    team: `team-of-${id}`,
    publicKey: x,
    roles: [...roles],
    ...more,
  };
  return { signer, key: privateKey };
}

export const partnershipHands = (): readonly Hand[] => PARTNERSHIP_OFFICES.map(([id, roles]) => handOf(id, roles));

export const signersFor = (hands: readonly Hand[]): Signers => signersOf(hands.map(({ signer }) => signer));

/** Signs a folder with one hand after another, the first as its author; gives all texts, or the first fault. */
export function signWith(
  hands: readonly Hand[],
  folder: Partial<FolderTexts> & Pick<FolderTexts, 'files'> & { readonly texts: readonly string[] },
  { signers, gainsBetween, restore }: { signers: Signers; gainsBetween: GainsBetween; restore?: number },
): Result<readonly string[], SignFault> {
  let { texts } = folder;
  for (const { key } of hands) {
    const signed = signFolder({
      ...{ texts, key, verifying: { signers, gainsBetween } },
      folder: { files: folder.files, invariants: folder.invariants ?? {} },
      ...(restore === undefined ? {} : { restore }),
    });
    if (!signed.ok) return signed;
    texts = [...texts.slice(0, signed.value.number - 1), signed.value.text];
  }
  return { ok: true, value: texts };
}
