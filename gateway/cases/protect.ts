import type { Case } from '../../schemas/case.ts';
import type { CaseChange } from '../../schemas/case-change.ts';
import type { SafetyStep } from '../../schemas/case-safety.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { Changed, Decided } from './apply-change.ts';
import { dayOf } from './days.ts';
import { sealedExactly, sealedWidely } from './sealed-contacts.ts';

/** What victim services set so that nobody is harmed by a call: blocks, and contact points of protected persons. */

type Of<K extends CaseChange['kind']> = Extract<CaseChange, { kind: K }>;

/** Blocks one contact point, however a source writes it, or where none is named every one of the case. */
export function withBlock(
  kase: Case,
  { blockId, contact, because }: Of<'set-safety-block'>,
  decided: Decided,
): Result<Changed, 'contact-unusable'> {
  const blocks = kase.safetyBlocks ?? [];
  // Its step stays when it is lifted: the same form sent once more must not set it again.
  if (isDone(kase, blockId) || blocks.some((each) => each.blockId === blockId)) return ok({ kase, changes: [] });
  const since = dayOf(decided.at);
  const set =
    contact === undefined
      ? [{ since, blockId }]
      : sealedWidely(decided.seal, contact).map((sealedContact) => ({ since, blockId, sealedContact }));
  if (set.length === 0) return err('contact-unusable');
  const about = contact === undefined ? {} : { contactKind: contact.kind };
  const step = { stepId: blockId, did: 'block-set', ...about, because } as const;
  return ok({ kase: stepped({ ...kase, safetyBlocks: [...blocks, ...set] }, step, decided), changes: [BLOCKS] });
}

export function withoutBlock(
  kase: Case,
  { blockId, stepId, because }: Of<'lift-safety-block'>,
  decided: Decided,
): Result<Changed, 'block-unknown'> {
  if (isDone(kase, stepId)) return ok({ kase, changes: [] });
  const blocks = kase.safetyBlocks ?? [];
  const left = blocks.filter((each) => each.blockId !== blockId);
  if (left.length === blocks.length) return err('block-unknown');
  const kind = blocks.find((each) => each.blockId === blockId)?.sealedContact?.kind;
  const about = kind === undefined ? {} : { contactKind: kind };
  const step = { stepId, did: 'block-lifted', ...about, blockId, because } as const;
  return ok({ kase: stepped({ ...kase, safetyBlocks: left }, step, decided), changes: [BLOCKS] });
}

export function withProtected(
  kase: Case,
  { contact, whose, stepId, because }: Of<'protect-contact'>,
  decided: Decided,
): Result<Changed, 'contact-unusable'> {
  if (isDone(kase, stepId)) return ok({ kase, changes: [] });
  const sealed = sealedWidely(decided.seal, contact);
  if (sealed.length === 0) return err('contact-unusable');
  const known = new Set(kase.protectedContacts.map((each) => `${each.kind} ${each.seal} ${each.whose}`));
  const fresh = sealed.filter((each) => !known.has(`${each.kind} ${each.seal} ${whose}`));
  if (fresh.length === 0) return ok({ kase, changes: [] });
  const protectedContacts = [...kase.protectedContacts, ...fresh.map((each) => ({ ...each, whose }))];
  const step = { stepId, did: 'contact-protected', contactKind: contact.kind, whose, because } as const;
  return ok({ kase: stepped({ ...kase, protectedContacts }, step, decided), changes: [PROTECTED] });
}

/**
 * Takes exactly this value out again. The building of a flat stays protected: another protected person may live at
 * another of its flats, and a hash does not say for whom it stands.
 */
export function withoutProtected(
  kase: Case,
  { contact, stepId, because }: Of<'unprotect-contact'>,
  decided: Decided,
): Result<Changed, 'contact-unusable'> {
  if (isDone(kase, stepId)) return ok({ kase, changes: [] });
  const sealed = sealedExactly(decided.seal, contact);
  if (sealed.length === 0) return err('contact-unusable');
  const gone = new Set(sealed.map((each) => `${each.kind} ${each.seal}`));
  const left = kase.protectedContacts.filter((each) => !gone.has(`${each.kind} ${each.seal}`));
  if (left.length === kase.protectedContacts.length) return ok({ kase, changes: [] });
  const step = { stepId, did: 'protection-ended', contactKind: contact.kind, because } as const;
  return ok({ kase: stepped({ ...kase, protectedContacts: left }, step, decided), changes: [PROTECTED] });
}

const BLOCKS = 'safety-blocks';
const PROTECTED = 'protected-contacts';

const isDone = ({ safetySteps = [] }: Case, stepId: string | undefined): boolean =>
  stepId !== undefined && safetySteps.some((each) => each.stepId === stepId);

type NewStep = Omit<SafetyStep, 'stepId' | 'by' | 'at' | 'because'> & {
  readonly stepId: string | undefined;
  readonly because: string | undefined;
};

/** A step that no form made has no id to be found by, and is in the log alone. */
function stepped(kase: Case, { stepId, because, ...step }: NewStep, { by, at }: Decided): Case {
  if (stepId === undefined) return kase;
  const made: SafetyStep = { stepId, ...step, by, at, ...(because === undefined ? {} : { because }) };
  return { ...kase, safetySteps: [...(kase.safetySteps ?? []), made] };
}
