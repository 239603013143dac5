#!/usr/bin/env node
/** `npx holdfast …`: loads the TypeScript sources and hands the words over to deploy/command.ts. */
import { register } from 'tsx/esm/api';

register();
await import('./command.ts');
