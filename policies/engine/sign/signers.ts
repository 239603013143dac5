import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { canonicalize } from '../canonical-json.ts';
import type { PolicyProblem } from '../problem.ts';
import { readYaml } from '../read-yaml.ts';
import { recordedPersonSchema } from '../../../schemas/case-records.ts';
import { REQUESTER_GROUPS } from '../../../schemas/names.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';

/**
 * Who may sign agreements: named people with their keys, and the offices for which each speaks. The list is trusted as
 * it stands in a site's settings; each bundle carries its digest, so a list that was changed afterwards is noticed.
 */

const OWNER_OFFICES = REQUESTER_GROUPS.map((group) => `owner:${group}` as const);
/** For what somebody signs: as the owner of a group's fields, as Caldicott Guardian, or for information governance. */
export const officeSchema = z.enum([...OWNER_OFFICES, 'caldicott', 'ig']);
export type Office = z.infer<typeof officeSchema>;

export const signerIdSchema = z.string().regex(/^(?!.*\d{5})[a-z][a-z0-9-]{1,59}$/);

const signerSchema = z.strictObject({
  /** Of the key: a person with two keys is listed twice. */
  id: signerIdSchema,
  person: recordedPersonSchema.shape.staffId,
  agency: recordedPersonSchema.shape.agency,
  team: recordedPersonSchema.shape.team,
  /** Ed25519, 32 bytes, base64url. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 bytes as base64url'),
  roles: z
    .array(officeSchema)
    .min(1)
    .max(OWNER_OFFICES.length + 2),
  /** The number of the last bundle that this key may sign: keys that are no longer used stay listed. */
  until: z.number().int().positive().optional(),
});
export type Signer = z.infer<typeof signerSchema>;

const signersFileSchema = z.strictObject({ signers: z.array(signerSchema).min(2).max(200) });

export interface Signers {
  readonly byId: ReadonlyMap<string, Signer>;
  /** SHA-256 over the canonical list without `until`, which may be added to it later; hexadecimal. */
  readonly digest: string;
}

/** Points of small order on the curve: with one of these as public key, a signature can be made by anybody. */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
]);

/** The public key of a signer, ready to verify with. */
export function publicKeyOf({ publicKey }: Signer): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
}

/** Whether two signers are two people for what needs two: not one person with two keys, and not of one team. */
export function areTwoSigners(a: Signer, b: Signer): boolean {
  return personOf(a) !== personOf(b) && a.team !== b.team;
}

/** A person, however many keys. */
export const personOf = ({ agency, person }: Signer): string => `${agency}/${person}`;

/** Reads a signers file (YAML), or says every problem with file, line and how to mend it. Never throws. */
export function readSigners(path: string, text: string): Result<Signers, readonly PolicyProblem[]> {
  const problems: PolicyProblem[] = [];
  const file = readYaml(path, text, problems);
  if (file === undefined) return err(problems);
  const parsed = signersFileSchema.safeParse(file.data);
  if (!parsed.success) {
    return err(
      parsed.error.issues.map(({ path: at, message }) => ({
        ...{ file: path, line: file.lineOf(at), what: `"${at.map(String).join('.')}": ${message}` },
        mend: 'Correct it; deploy/environment.md shows a signers file.',
      })),
    );
  }
  const { signers } = parsed.data;
  problems.push(...doublesIn(path, signers, file.lineOf));
  return problems.length > 0 ? err(problems) : ok(signersOf(signers));
}

/** Signers that were checked already. */
export function signersOf(signers: readonly Signer[]): Signers {
  const listed = [...signers].sort((a, b) => (a.id < b.id ? -1 : 1));
  const text = canonicalize(
    listed.map(({ until: _until, ...signer }) => ({ ...signer, roles: signer.roles.toSorted() })),
  );
  if (!text.ok) throw new Error(`signers have no canonical form: ${text.error}`);
  return {
    byId: new Map(listed.map((signer) => [signer.id, signer])),
    digest: createHash('sha256').update(text.value).digest('hex'),
  };
}

/** One key under two names would count twice; one person in two teams would be two people. */
function doublesIn(
  path: string,
  signers: readonly Signer[],
  lineOf: (at: readonly PropertyKey[]) => number,
): readonly PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const complain = (place: number, what: string, mend: string) =>
    problems.push({ file: path, line: lineOf(['signers', place]), what, mend });
  signers.forEach((signer, place) => {
    const before = signers.slice(0, place);
    const { id, publicKey } = signer;
    if (before.some((other) => other.id === id)) complain(place, `${id} is listed twice`, 'Give each key its own id.');
    if (before.some((other) => other.publicKey === publicKey))
      complain(place, `the key of ${id} is listed twice`, 'Each person makes a key of their own.');
    if (before.some((other) => personOf(other) === personOf(signer) && other.team !== signer.team))
      complain(place, `${signer.person} is in two teams`, 'Name the one team: two people of it are not two opinions.');
    const bytes = Buffer.from(publicKey, 'base64url');
    if (SMALL_ORDER.has(bytes.toString('hex')) || bytes.toString('base64url') !== publicKey)
      complain(place, `the key of ${id} is no key`, 'Make one with `holdfast policy key`.');
  });
  return problems;
}
