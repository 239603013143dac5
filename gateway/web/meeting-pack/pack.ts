import { z } from 'zod';
import { caseRefSchema, isoDateSchema, isoInstantSchema, purposeSchema, roleSchema } from '../../../schemas/names.ts';
import { maracReferenceSchema } from '../../../schemas/case-history.ts';
import { entryCodeSchema } from '../../../schemas/entry-parts.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import { openForSession, sealForSession, type Session } from '../../access/staff/session.ts';
import type { PackPart, PackWithParts } from '../../ports/meeting-packs.ts';
import { keptSchema, type Kept } from '../request/kept.ts';
import type { PageDeps } from '../page-deps.ts';

/** A meeting pack as its own session can read it. Decision 30 says why it is kept longer than an answer. */

export const PACK_KEPT_MS = 30 * 60_000;
/** P11: a meeting hears some twenty cases in a day. */
export const CASES_MAX = 40;

const packCaseSchema = z.strictObject({ caseRef: caseRefSchema, listing: maracReferenceSchema.optional() });
export type PackCase = z.infer<typeof packCaseSchema>;

const definitionSchema = z.strictObject({
  purpose: purposeSchema,
  role: roleSchema,
  /** The day of the meeting. */
  on: isoDateSchema,
  begunAt: isoInstantSchema,
  cases: z.array(packCaseSchema).min(1).max(CASES_MAX),
});
export type PackDefinition = z.infer<typeof definitionSchema>;

const outcomeSchema = z.union([
  z.strictObject({ kept: keptSchema, answeredAt: isoInstantSchema }),
  z.strictObject({ code: entryCodeSchema }),
]);
/** What came of one case: an answer with how the case stood, or the code of a refusal. */
export type PartOutcome = { readonly kept: Kept; readonly answeredAt: string } | { readonly code: string };

export const sealPack = ({ secret }: Session, definition: PackDefinition): Uint8Array =>
  sealForSession(secret, JSON.stringify(definition));
export const sealOutcome = ({ secret }: Session, outcome: PartOutcome): Uint8Array =>
  sealForSession(secret, JSON.stringify(outcome));

export interface OpenPack {
  readonly packId: string;
  readonly definition: PackDefinition;
  readonly states: readonly PackPart[];
  readonly endsAtMs: number;
}

/** The definition of a pack; undefined where it was changed or is another session's. */
export function readPack({ secret }: Session, sealed: Uint8Array): PackDefinition | undefined {
  const text = openForSession(secret, sealed);
  const read = text === undefined ? undefined : definitionSchema.safeParse(JSON.parse(text));
  return read?.success === true ? read.data : undefined;
}

/** Undefined where it has ended, was never there, or is another session's: nobody can tell which (P6). */
export async function openPack(
  deps: PageDeps,
  session: Session,
  packId: string,
): Promise<Result<OpenPack | undefined, 'store-unavailable'>> {
  if (!z.uuid().safeParse(packId).success) return ok(undefined);
  const found = await deps.meetingPacks.find(session.name, packId);
  if (!found.ok) return found;
  const { value } = found;
  const definition = isOver(deps, value) || value === undefined ? undefined : readPack(session, value.sealed);
  if (definition === undefined || value === undefined) return ok(undefined);
  return ok({ packId, definition, states: value.states, endsAtMs: value.endsAtMs });
}

const isOver = (deps: PageDeps, pack: PackWithParts | undefined): boolean =>
  pack === undefined || pack.endsAtMs <= deps.now().getTime();

/** What came of one part; undefined where it is still being asked. */
export async function openPart(
  deps: PageDeps,
  session: Session,
  { packId }: Pick<OpenPack, 'packId'>,
  part: number,
): Promise<Result<PartOutcome | undefined, 'store-unavailable'>> {
  const sealed = await deps.meetingPacks.open(session.name, packId, part);
  if (!sealed.ok) return err(sealed.error);
  const text = sealed.value === undefined ? undefined : openForSession(session.secret, sealed.value);
  const outcome = text === undefined ? undefined : outcomeSchema.safeParse(JSON.parse(text));
  return ok(outcome?.success === true ? outcome.data : undefined);
}
