import type { SealedValue } from '../../schemas/attempt.ts';
import type { Case } from '../../schemas/case.ts';
import type { ContactKind } from '../../schemas/contact-point.ts';
import type { ProblemCode } from '../../schemas/problem.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { blockedDigest, blockedDigests } from '../cases/blocked-digests.ts';
import { readContact, type NormalisedContact } from '../contacts/normalise.ts';
import type { Seal } from '../contacts/seal.ts';
import type { CaseRegister } from '../ports/case-register.ts';

/**
 * Before step 6: which of his contact points another case closes. A number that is the victim's in one case is hers in
 * every case, about the same man or not (P4). The register is asked by digests and says neither for whom nor why, so
 * what is found is held back like a block of victim services on this case, and nobody can see from which case it came.
 */

export interface ClosedElsewhere {
  /** The case with a block for each contact point that another case closes: for this answer alone, never stored. */
  readonly kase: Case;
  /** Digests of what may be shown as it now is: one that some case closes later hides the answer. */
  readonly closable: readonly string[];
}

/** @param his the records that linkage judged to be the subject's */
export async function closeElsewhere(
  cases: Pick<CaseRegister, 'blockedAmong'>,
  kase: Case,
  his: readonly SourceRecord[],
  seal: Seal,
): Promise<Result<ClosedElsewhere, ProblemCode>> {
  const ownDigests = new Set(blockedDigests(kase));
  const open = new Map<string, SealedValue>();
  for (const sealed of his.flatMap((record) => [...sealsOfRecord(record, seal)])) {
    const digest = blockedDigest(sealed);
    if (!ownDigests.has(digest)) open.set(digest, sealed);
  }
  const found = await cases.blockedAmong([...open.keys()]);
  if (!found.ok) return err(found.error);
  const closed = [...open].filter(([digest]) => found.value.has(digest));
  const since = kase.openedOn;
  const added = closed.map(([, { kind, seal: of }]) => ({ since, sealedContact: { kind, seal: of } }));
  const closable = [...open.keys()].filter((digest) => !found.value.has(digest)).sort();
  if (added.length === 0) return ok({ kase, closable });
  return ok({ kase: { ...kase, safetyBlocks: [...(kase.safetyBlocks ?? []), ...added] }, closable });
}

/** Whether any case has closed one of them since; a register that does not answer is told apart, and shows nothing. */
export async function isClosedSince(
  cases: Pick<CaseRegister, 'blockedAmong'>,
  closable: readonly string[],
): Promise<Result<boolean, 'register-unavailable'>> {
  const found = await cases.blockedAmong(closable);
  return found.ok ? ok(found.value.size > 0) : found;
}

/** Under every form in which a case may have closed it. */
export function* sealsOfContact(kind: ContactKind, value: string, seal: Seal): Generator<SealedValue> {
  for (const contact of readContact(kind, value).contacts) {
    yield* formsOf(contact, seal);
    if (kind !== 'email') continue;
    // A number as the name of a mailbox is that number.
    const digits = contact.value.slice(0, contact.value.lastIndexOf('@')).replace(/[^\d+]+/gu, ' ');
    for (const hidden of readContact('phone', digits.trim()).contacts) yield* formsOf(hidden, seal);
  }
}

function* formsOf({ kind, value, building }: NormalisedContact, seal: Seal): Generator<SealedValue> {
  const exact = seal(kind, value);
  if (exact === undefined) return;
  yield { kind, seal: exact };
  if (kind !== 'address') return;
  // A record without a flat means one of the building's; one with a flat lies in a building that may be closed whole.
  if (building === undefined) yield { kind, seal: exact, ofFlat: true };
  const whole = building === undefined ? undefined : seal(kind, building.line);
  if (whole !== undefined) yield { kind, seal: whole };
}

/** His contact points, and the boxes of those who deal with him: a clerk may have typed hers there. */
function* sealsOfRecord({ contacts, values = [] }: SourceRecord, seal: Seal): Generator<SealedValue> {
  for (const { kind, value } of contacts) yield* sealsOfContact(kind, value, seal);
  for (const { value } of values) {
    if (value.kind !== 'professional') continue;
    for (const kind of ['phone', 'email'] as const) yield* sealsOfContact(kind, value[kind] ?? '', seal);
  }
}
