import type { Case } from '../../schemas/case.ts';
import type { CaseChange, ToldContact } from '../../schemas/case-change.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { Seal } from '../contacts/seal.ts';
import type { Changed, Decided } from './apply-change.ts';
import { dayOf } from './days.ts';
import { sealedExactly, sealedWidely } from './sealed-contacts.ts';

/** What victim services set so that nobody is harmed by a call: blocks, and contact points of protected persons. */

type Block = Extract<CaseChange, { kind: 'set-safety-block' }>;
type Protection = Extract<CaseChange, { kind: 'protect-contact' }>;

/** Blocks one contact point, however a source writes it, or where none is named every one of the case. */
export function withBlock(
  kase: Case,
  { blockId, contact }: Block,
  { at, seal }: Pick<Decided, 'at' | 'seal'>,
): Result<Changed, 'contact-unusable'> {
  const blocks = kase.safetyBlocks ?? [];
  if (blocks.some((each) => each.blockId === blockId)) return ok({ kase, changes: [] });
  const since = dayOf(at);
  const set =
    contact === undefined
      ? [{ since, blockId }]
      : sealedWidely(seal, contact).map((sealedContact) => ({ since, blockId, sealedContact }));
  if (set.length === 0) return err('contact-unusable');
  return ok({ kase: { ...kase, safetyBlocks: [...blocks, ...set] }, changes: ['safety-blocks'] });
}

export function withoutBlock(kase: Case, blockId: string): Result<Changed, 'block-unknown'> {
  const blocks = kase.safetyBlocks ?? [];
  const left = blocks.filter((each) => each.blockId !== blockId);
  if (left.length === blocks.length) return err('block-unknown');
  return ok({ kase: { ...kase, safetyBlocks: left }, changes: ['safety-blocks'] });
}

export function withProtected(
  kase: Case,
  { contact, whose }: Protection,
  seal: Seal,
): Result<Changed, 'contact-unusable'> {
  const sealed = sealedWidely(seal, contact);
  if (sealed.length === 0) return err('contact-unusable');
  const known = new Set(kase.protectedContacts.map((each) => `${each.kind} ${each.seal} ${each.whose}`));
  const fresh = sealed.filter((each) => !known.has(`${each.kind} ${each.seal} ${whose}`));
  if (fresh.length === 0) return ok({ kase, changes: [] });
  const protectedContacts = [...kase.protectedContacts, ...fresh.map((each) => ({ ...each, whose }))];
  return ok({ kase: { ...kase, protectedContacts }, changes: ['protected-contacts'] });
}

/**
 * Takes exactly this value out again. The building of a flat stays protected: another protected person may live at
 * another of its flats, and a hash does not say for whom it stands.
 */
export function withoutProtected(kase: Case, contact: ToldContact, seal: Seal): Result<Changed, 'contact-unusable'> {
  const sealed = sealedExactly(seal, contact);
  if (sealed.length === 0) return err('contact-unusable');
  const gone = new Set(sealed.map((each) => `${each.kind} ${each.seal}`));
  const left = kase.protectedContacts.filter((each) => !gone.has(`${each.kind} ${each.seal}`));
  if (left.length === kase.protectedContacts.length) return ok({ kase, changes: [] });
  return ok({ kase: { ...kase, protectedContacts: left }, changes: ['protected-contacts'] });
}
