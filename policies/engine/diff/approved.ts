import { z } from 'zod';
import type { PolicyBundle } from '../bundle.ts';
import { loadBundle } from '../load.ts';
import type { PolicyFile } from '../read-files.ts';
import { err, ok } from '../../../schemas/result.ts';
import type { Result } from '../../../schemas/result.ts';

/**
 * The version of agreements that was approved last, as a repository keeps it beside those being worked on: what a
 * change is compared with. It says what was agreed to; that the right people signed it is said by the signed bundle.
 */
const approvedSchema = z.strictObject({
  form: z.literal('holdfast-approved-agreements/1'),
  version: z.string().regex(/^[0-9a-f]{64}$/),
  files: z.record(z.string().regex(/^[a-z0-9][a-z0-9._-]{0,79}\.yaml$/), z.string().max(256 * 1024)),
});

/** The text to keep for agreements that are approved now. */
export function approvedText(bundle: PolicyBundle, files: readonly PolicyFile[]): string {
  const texts = Object.fromEntries([...files].sort((a, b) => (a.path < b.path ? -1 : 1)).map((f) => [f.path, f.text]));
  const kept = { form: 'holdfast-approved-agreements/1', version: bundle.version, files: texts };
  return `${JSON.stringify(kept, null, 2)}\n`;
}

/** Reads what `approvedText` wrote. The version has to be that of the files: neither can be changed alone. */
export function readApproved(text: string): Result<PolicyBundle, string> {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return err('The approved agreements are not JSON.');
  }
  const parsed = approvedSchema.safeParse(given);
  if (!parsed.success) return err('The approved agreements are not in the form in which they are kept.');
  const files = Object.entries(parsed.data.files).map(([path, each]) => ({ path, text: each }));
  const loaded = loadBundle(files);
  if (!loaded.ok) return err('The approved agreements cannot be read any more; approve them again.');
  if (loaded.value.version !== parsed.data.version)
    return err('The approved agreements do not say what their version says.');
  return ok(loaded.value);
}
