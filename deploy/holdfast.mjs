#!/usr/bin/env node
/** `npx holdfast …`: lets Node read the TypeScript sources and hands the words over to deploy/command.ts. */
import './typescript.mjs';

await import('./command.ts');
