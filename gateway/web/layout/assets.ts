import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RequestHandler } from 'express';
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

const TYPES = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' } as const;

/** One file in each of the forms that a browser may take it in. */
type Forms = ReadonlyMap<'br' | 'gzip' | 'identity', Buffer>;

/**
 * Serves what was built and nothing else, out of memory: no path of a request ever reaches the disk. The name changes
 * with the content, so a browser need never ask again.
 */
export function serveAssets(folder = BUILT): RequestHandler {
  const read = readAssets(folder);
  const files = new Map(
    (read.ok ? [...read.value.values()] : []).map((path) => [
      path,
      formsOf(`${folder}${path.slice('/assets/'.length)}`),
    ]),
  );
  return (request, response, next) => {
    const path = `${request.baseUrl}${request.path}`;
    const forms = files.get(path);
    if (forms === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
      next();
      return;
    }
    const form = preferred(forms, request.acceptsEncodings('br', 'gzip', 'identity'));
    response.setHeader('content-type', path.endsWith('.css') ? TYPES.css : TYPES.js);
    response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    response.setHeader('vary', 'accept-encoding');
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    if (form !== 'identity') response.setHeader('content-encoding', form);
    response.end(forms.get(form));
  };
}

function preferred(forms: Forms, accepted: string | false): 'br' | 'gzip' | 'identity' {
  const form = accepted === 'br' || accepted === 'gzip' ? accepted : 'identity';
  return forms.has(form) ? form : 'identity';
}

function formsOf(file: string): Forms {
  const named = [
    ['identity', file],
    ['gzip', `${file}.gz`],
    ['br', `${file}.br`],
  ] as const;
  return new Map(named.flatMap(([form, path]) => (existsSync(path) ? [[form, readFileSync(path)]] : [])));
}
