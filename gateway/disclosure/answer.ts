import type { Disclosure } from '../../schemas/answer.ts';
import type { Recorded } from './record.ts';

/** Step 9: the answer as it leaves, with its receipt, in a size and at a time that say nothing more (P6). */

/** Answers are padded up to the next of these sizes, in bytes, and past the last to a multiple of it. */
const SIZE_CLASSES = [8_192, 16_384, 32_768, 65_536] as const;

/**
 * An answer that discloses nothing leaves at a whole multiple of this after it was asked, in milliseconds: "held, but
 * not for you" and "nobody was asked" then take as long as "asked, and none held".
 */
export const QUIET_STEP_MS = 1_000;

/** Joins the recorded text with its receipt; the disclosure's bytes stay as they were digested. */
export function answerBody({ text, receipt }: Recorded): string {
  const body = `{"disclosure":${text},"receipt":${JSON.stringify(receipt)},"padding":"`;
  const bytes = Buffer.byteLength(body) + 2;
  return `${body}${'.'.repeat(sizeClassOf(bytes) - bytes)}"}`;
}

function sizeClassOf(bytes: number): number {
  const largest = SIZE_CLASSES[SIZE_CLASSES.length - 1] ?? bytes;
  return SIZE_CLASSES.find((size) => size >= bytes) ?? Math.ceil(bytes / largest) * largest;
}

/** How long an answer is still to be held back, in milliseconds. An answer that helps somebody leaves at once. */
export function quietWaitMs(disclosure: Disclosure, tookMs: number): number {
  const disclosesSomething =
    disclosure.contacts.length > 0 ||
    disclosure.records.length > 0 ||
    disclosure.withheldContacts.length > 0 ||
    disclosure.identity.records.length > 0;
  return disclosesSomething ? 0 : Math.ceil(tookMs / QUIET_STEP_MS) * QUIET_STEP_MS - tookMs;
}
