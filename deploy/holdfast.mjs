#!/usr/bin/env node
/** `npx holdfast …`: lets Node read the TypeScript sources and hands the words over to deploy/command.ts. */
// Whoever reads the messages may leave (`2>&1 | head`): that must not cost the answers to the lines after it.
process.stderr.on('error', () => undefined);
if (process.argv[2] === 'link') {
  // Alone: a table of a million rows needs the memory that the rest of the gateway would take.
  const { linkAlone } = await import('./link-alone.mjs');
  process.exitCode = await linkAlone(process.argv.slice(3));
} else {
  await import('./typescript.mjs');
  await import('./command.ts');
}
