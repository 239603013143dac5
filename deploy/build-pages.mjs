/**
 * Makes what browsers fetch: `node deploy/build-pages.mjs`. Styles by sass, scripts by esbuild, each under a name that
 * holds the digest of its content, so that a browser may keep it for a year. Run by run.mjs before the demo and the
 * tests; in production once for each version.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const WEB = join(ROOT, 'gateway', 'web');
const BUILT = join(WEB, 'built');

/** Bundling order is the order in which pages link them. */
const STYLES = ['govuk', 'moj', 'own'];
const SCRIPTS = ['supported', 'enhance'];

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** A digest over all that the result depends on, so that an unchanged tree is not built again. */
function inputsDigest() {
  const hash = createHash('sha256');
  for (const folder of ['styles', 'browser']) {
    for (const name of readdirSync(join(WEB, folder)).sort())
      hash.update(name).update(readFileSync(join(WEB, folder, name)));
  }
  return hash
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest('hex');
}

function isBuilt(inputs) {
  try {
    return JSON.parse(readFileSync(join(BUILT, 'manifest.json'), 'utf8')).inputs === inputs;
  } catch {
    return false;
  }
}

async function build(inputs) {
  const sass = await import('sass');
  const esbuild = await import('esbuild');
  rmSync(BUILT, { recursive: true, force: true });
  mkdirSync(BUILT, { recursive: true });
  const files = {};
  const keep = (name, extension, content) => {
    const file = `${name}-${sha256(content).slice(0, 16)}.${extension}`;
    writeFileSync(join(BUILT, file), content);
    // Squeezed once here, as hard as it goes, and never while somebody waits.
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    writeFileSync(join(BUILT, `${file}.br`), brotliCompressSync(content, { params }));
    writeFileSync(join(BUILT, `${file}.gz`), gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
    files[`${name}.${extension}`] = file;
  };
  for (const name of STYLES) {
    const { css } = sass.compile(join(WEB, 'styles', `${name}.scss`), {
      style: 'compressed',
      loadPaths: [ROOT, join(ROOT, 'node_modules')],
      quietDeps: true,
      logger: sass.Logger.silent,
    });
    keep(name, 'css', css);
  }
  for (const name of SCRIPTS) {
    const { outputFiles } = await esbuild.build({
      entryPoints: [join(WEB, 'browser', `${name}.mjs`)],
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2020',
      write: false,
      legalComments: 'none',
    });
    keep(name, 'js', outputFiles[0].contents);
  }
  writeFileSync(join(BUILT, 'manifest.json'), JSON.stringify({ inputs, files }, null, 2));
}

const inputs = inputsDigest();
if (!isBuilt(inputs)) await build(inputs);
