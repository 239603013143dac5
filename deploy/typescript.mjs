/**
 * `node --import ./deploy/typescript.mjs file.ts`: lets Node run the sources as they are. Where Node strips types
 * itself (22.18 and later) there is nothing to do; before that, a loader hook does it.
 */
import { register } from 'node:module';

if (!process.features.typescript) {
  process.setSourceMapsEnabled(true);
  register('./typescript-hooks.mjs', import.meta.url);
}
