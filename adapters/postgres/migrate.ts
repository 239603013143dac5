import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Client } from 'pg';
import { z } from 'zod';
import { err, ok, type Result } from '../../schemas/result.ts';
import { createConnection, sqlState } from './pool.ts';

/** Brings a database to the shape this code needs: numbered files, each once, each in its own transaction. */

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

export type MigrationFault = {
  readonly code: 'database-unreachable' | 'database-newer' | 'migration-changed' | 'migration-failed';
  readonly sentence: string;
};

const FOLDER = fileURLToPath(new URL('./migrations/', import.meta.url));
/** Any number, but the same in every gateway: only one migrates at a time. */
const MIGRATION_LOCK = 7_246_001;
const NAME = /^(\d{4})-[a-z0-9-]+\.sql$/;

const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const appliedSchema = z.array(z.object({ number: z.number().int(), name: z.string(), sha256: z.string() }));

/** The migrations that this version of the code carries, in order. */
export async function readMigrations(folder = FOLDER): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({
      number: Number(name.slice(0, 4)),
      name,
      sql: await readFile(`${folder}/${name}`, 'utf8'),
    })),
  );
}

/**
 * Applies what is missing, under the owner's login, and returns the names of the files applied; a second run applies
 * none. Refuses a database that a newer version has migrated, and one whose applied files were different.
 */
export async function migrate(options: {
  readonly ownerUrl: string;
  readonly migrations?: readonly Migration[];
}): Promise<Result<readonly string[], MigrationFault>> {
  const migrations = options.migrations ?? (await readMigrations());
  const connection = createConnection({
    url: options.ownerUrl,
    connectWithinMs: 5_000,
    statementWithinMs: 300_000,
    name: 'holdfast migrate',
  });
  try {
    await connection.connect();
  } catch {
    return err({
      code: 'database-unreachable',
      sentence: 'The database cannot be reached with the given address and password: check both, and that it runs.',
    });
  }
  try {
    await connection.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await connection.query(`
      create schema if not exists holdfast;
      create table if not exists holdfast.migration (
        number integer primary key,
        name text not null,
        sha256 text not null,
        applied_at timestamptz not null default clock_timestamp()
      )`);
    return await applyMissing(connection, migrations);
  } catch (error) {
    return err({ code: 'migration-failed', sentence: failure('The database could not be prepared', error) });
  } finally {
    await connection.end().catch(() => undefined);
  }
}

async function applyMissing(
  connection: Client,
  migrations: readonly Migration[],
): Promise<Result<readonly string[], MigrationFault>> {
  const { rows } = await connection.query('select number, name, sha256 from holdfast.migration order by number');
  const applied = new Map(appliedSchema.parse(rows).map((row) => [row.number, row]));
  for (const row of applied.values()) {
    const ours = migrations.find((migration) => migration.number === row.number);
    if (ours === undefined)
      return err({
        code: 'database-newer',
        sentence: `The database was migrated by a newer version (${row.name}): start that version, or restore a backup.`,
      });
    if (digest(ours.sql) !== row.sha256)
      return err({
        code: 'migration-changed',
        sentence: `Migration ${row.name} is not the one that was applied to this database: never edit one, add another.`,
      });
  }
  const done: string[] = [];
  for (const migration of migrations) {
    if (applied.has(migration.number)) continue;
    const fault = await apply(connection, migration);
    if (fault !== undefined) return err(fault);
    done.push(migration.name);
  }
  return ok(done);
}

async function apply(connection: Client, migration: Migration): Promise<MigrationFault | undefined> {
  try {
    await connection.query('begin');
    await connection.query(migration.sql);
    await connection.query('insert into holdfast.migration (number, name, sha256) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      digest(migration.sql),
    ]);
    await connection.query('commit');
    return undefined;
  } catch (error) {
    await connection.query('rollback').catch(() => undefined);
    return { code: 'migration-failed', sentence: failure(`Migration ${migration.name} failed`, error) };
  }
}

const failure = (what: string, error: unknown) =>
  `${what} (${sqlState(error) ?? 'connection lost'}${error instanceof Error ? `: ${error.message}` : ''}); nothing of it was kept.`;
