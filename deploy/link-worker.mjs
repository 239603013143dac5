/** A thread of `holdfast link`: lets Node read the TypeScript sources, as the command itself does. */
import './typescript.mjs';

await import('../gateway/cli/link-worker.ts');
