import { z } from 'zod';
import { err, ok, type Result } from '../../../schemas/result.ts';
import { writtenIn, type FormFields } from '../session/form-fields.ts';
import type { Claimable } from './claimable.ts';

/** The form "Request contact details": what was typed, and what has to be mended. */

export const REASON_MIN = 10;
export const REASON_MAX = 500;

export interface RequestTyped {
  /** Made with the form, so that sending it twice asks once. */
  readonly requestId: string;
  readonly purpose: string;
  readonly reason: string;
}

export interface FormError {
  readonly field: 'purpose' | 'reason';
  readonly text: string;
}

const requestIdSchema = z.uuid();

/** What came with the form, as far as it can be shown again. */
export function typedIn(fields: FormFields, newId: () => string): RequestTyped {
  const id = requestIdSchema.safeParse(fields.requestId);
  const reason = writtenIn(fields, 'reason');
  return { requestId: id.success ? id.data : newId(), purpose: fields.purpose ?? '', reason };
}

/** The question that the form asks, or what is wrong with it, in the order of the form. */
export function readRequest(
  typed: RequestTyped,
  offered: readonly Claimable[],
): Result<RequestTyped & { readonly claim: Claimable }, readonly FormError[]> {
  const claim = offered.find(({ purpose }) => purpose === typed.purpose);
  const reasonError = errorOfReason(typed.reason);
  const errors: FormError[] = [
    ...(claim === undefined
      ? [{ field: 'purpose' as const, text: 'Select what you need the contact details for' }]
      : []),
    ...(reasonError === undefined ? [] : [{ field: 'reason' as const, text: reasonError }]),
  ];
  return claim === undefined || errors.length > 0 ? err(errors) : ok({ ...typed, claim });
}

function errorOfReason(reason: string): string | undefined {
  if (reason === '') return 'Enter why this is needed now';
  if (reason.length < REASON_MIN) return `Why this is needed now must be ${REASON_MIN} characters or more`;
  if (reason.length > REASON_MAX) return `Why this is needed now must be ${REASON_MAX} characters or less`;
  return undefined;
}
