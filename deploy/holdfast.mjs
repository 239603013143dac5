#!/usr/bin/env node
/** `npx holdfast …`: lets Node read the TypeScript sources and hands the words over to deploy/command.ts. */
if (process.argv[2] === 'link') {
  // Alone: a table of a million rows needs the memory that the rest of the gateway would take.
  const { linkAlone } = await import('./link-alone.mjs');
  process.exitCode = await linkAlone(process.argv.slice(3));
} else {
  await import('./typescript.mjs');
  await import('./command.ts');
}
