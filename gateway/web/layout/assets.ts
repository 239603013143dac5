import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';
import { z } from 'zod';
import { err, ok, type Result } from '../../../schemas/result.ts';

/** The few files that a browser fetches beside pages: built, named by their content, and nothing else of the disk. */

const BUILT = fileURLToPath(new URL('../built/', import.meta.url));

const manifestSchema = z.object({ files: z.record(z.string(), z.string().regex(/^[a-z]+-[0-9a-f]{16}\.(css|js)$/)) });

/** Path on the server of each built file, by its plain name (`govuk.css`). */
export type Assets = ReadonlyMap<string, string>;

/** Reads which files were built, or says what to do where they were not. */
export function readAssets(folder = BUILT): Result<Assets, string> {
  try {
    const { files } = manifestSchema.parse(JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8')));
    return ok(new Map(Object.entries(files).map(([name, file]) => [name, `/assets/${file}`])));
  } catch {
    return err(
      'The styles and scripts of the pages were not built: run node deploy/build-pages.mjs, then start again.',
    );
  }
}

/** Serves what was built and nothing else. The name changes with the content, so a browser need never ask again. */
export function serveAssets(folder = BUILT): RequestHandler {
  return express.static(folder, {
    index: false,
    dotfiles: 'ignore',
    fallthrough: true,
    immutable: true,
    maxAge: '365d',
  });
}
