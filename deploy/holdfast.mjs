#!/usr/bin/env node
/** `npx holdfast …`: lets Node read the TypeScript sources and hands the words over to deploy/command.ts. */
import './typescript.mjs';

if (process.argv[2] === 'link') {
  // A table of a million rows needs the memory that the rest of the gateway would take.
  const { link } = await import('./link.ts');
  process.exitCode = await link(process.argv.slice(3));
} else {
  await import('./command.ts');
}
