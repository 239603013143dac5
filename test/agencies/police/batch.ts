import { createHash, type KeyObject } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataName, MANIFEST_ENDING, signatureName } from '../../../adapters/extract/load.ts';
import { signManifest, type Manifest } from '../../../adapters/extract/manifest.ts';
import { csvOf, POLICE_FILES, type Cells, type ExtractRows } from './rows.ts';

/** A nightly batch as the force makes it, good or spoilt on purpose. */

export interface Batch {
  readonly manifest: Manifest;
  readonly signature: string;
  /** Contents by file name, for example `nominals.csv`. */
  readonly files: ReadonlyMap<string, Buffer>;
}

export interface BatchWish {
  readonly rows: ExtractRows;
  readonly sequence: number;
  /** `2026-11-21T02:10:00Z`; its day names the batch. */
  readonly createdAt: string;
  readonly privateKey: KeyObject;
  readonly agencyCode?: string;
  /** Ways to spoil it: contents before they are hashed, the manifest before and after it is signed, files at last. */
  readonly spoil?: Spoil;
}

export interface Spoil {
  readonly text?: (file: string, text: string) => string | Buffer;
  readonly manifest?: (manifest: Manifest) => Manifest;
  readonly signedManifest?: (manifest: Manifest) => Manifest;
  readonly signature?: (signature: string) => string;
  /** Undefined leaves the file out. */
  readonly file?: (file: string, content: Buffer) => Buffer | undefined;
}

/** Makes a signed batch. */
export function makeBatch(wish: BatchWish): Batch {
  const agency = wish.agencyCode ?? 'XXX';
  const spoil = wish.spoil ?? {};
  const contents = new Map<string, Buffer>();
  for (const [name, file] of POLICE_FILES) {
    const text = csvOf(file, wish.rows[name] ?? []);
    contents.set(`${name}.csv`, Buffer.from(spoil.text?.(name, text) ?? text));
  }
  const plain: Manifest = {
    version: 1,
    agency,
    batch: `${agency}${wish.createdAt.slice(0, 10).replaceAll('-', '')}`,
    sequence: wish.sequence,
    createdAt: wish.createdAt,
    layout: 'police-nominals/1',
    files: [...contents].map(([name, content]) => ({
      name,
      rows: rowCount(content),
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
  };
  const signed = spoil.manifest?.(plain) ?? plain;
  const signature = signManifest(signed, wish.privateKey);
  const files = new Map<string, Buffer>();
  for (const [name, content] of contents) {
    const left = spoil.file === undefined ? content : spoil.file(name, content);
    if (left !== undefined) files.set(name, left);
  }
  return {
    manifest: spoil.signedManifest?.(signed) ?? signed,
    signature: spoil.signature?.(signature) ?? signature,
    files,
  };
}

function rowCount(content: Buffer): number {
  return (
    content
      .toString('latin1')
      .split('\n')
      .filter((line) => line.trim() !== '').length - 1
  );
}

/** Drops a batch as agreed: data first, then the signature, the manifest last, each under its name only when whole. */
export async function dropBatch(folder: string, batch: Batch): Promise<void> {
  const manifestName = `${batch.manifest.batch}${MANIFEST_ENDING}`;
  const files: readonly (readonly [string, string | Buffer])[] = [
    ...[...batch.files].map(([name, content]) => [dataName(batch.manifest.batch, name), content] as const),
    [signatureName(manifestName), batch.signature],
    [manifestName, JSON.stringify(batch.manifest, undefined, 2)],
  ];
  for (const [name, content] of files) {
    await writeFile(join(folder, `${name}.partial`), content);
    await rename(join(folder, `${name}.partial`), join(folder, name));
  }
}

/** A person row that is right, to vary. */
export const GOOD_NOMINAL: Cells = {
  urn: 'URN-900001',
  given_name: 'Daniel',
  surname: 'Ashworth',
  date_of_birth: '1988-04-09',
  gender: 'Male',
  pnc_id: '2012/0394773H',
  person_role: 'suspect',
  restricted: 'N',
  last_updated: '2026-11-01',
  handling_code: 'P',
};
