import { z } from 'zod';
import { err, ok, type Result } from '../../../schemas/result.ts';
import { writtenIn, type FormFields } from '../session/form-fields.ts';

/** The declaration: who is at risk, why now, what was tried, for how long. The agreement asks for the first three. */

export const WORDS_MAX = 500;
const WHY_MIN = 10;
const TRIED_MIN = 3;

/** In the order of the form. A closed list, so that nobody is tempted to write who it is. */
export const AT_RISK = {
  'somebody-harmed-before': 'Somebody whom this person has harmed, or may harm',
  child: 'A child',
  'this-person': 'This person',
  professional: 'I, a colleague or another professional',
  'somebody-else': 'Somebody else',
} as const;
type AtRisk = keyof typeof AT_RISK;

const HOURS = [1, 2, 4, 8, 12, 24] as const;

/** The lengths of time to choose from, none longer than policy allows. */
export const offeredHours = (longest: number): readonly number[] => HOURS.filter((hours) => hours <= longest);

export interface DeclarationTyped {
  /** Made with the form, so that sending it twice opens one. */
  readonly breakGlassId: string;
  readonly atRisk: string;
  readonly why: string;
  readonly tried: string;
  readonly hours: string;
}

export interface Declaration {
  readonly breakGlassId: string;
  readonly hours: number;
  /** All of it in words, for whoever reviews it. */
  readonly words: string;
  /** The reason of the question that follows. */
  readonly why: string;
}

export interface DeclarationError {
  readonly field: 'atRisk' | 'why' | 'tried' | 'hours';
  readonly text: string;
}

/** What came with the form, as far as it can be shown again. */
export function typedIn(fields: FormFields, newId: () => string): DeclarationTyped {
  const id = z.uuid().safeParse(fields.breakGlassId);
  return {
    breakGlassId: id.success ? id.data : newId(),
    atRisk: fields.atRisk ?? '',
    why: writtenIn(fields, 'why'),
    tried: writtenIn(fields, 'tried'),
    hours: fields.hours ?? '',
  };
}

/** The declaration, or what has to be mended, in the order of the form. */
export function readDeclaration(
  { breakGlassId, atRisk, why, tried, hours: typedHours }: DeclarationTyped,
  offered: readonly number[],
): Result<Declaration, readonly DeclarationError[]> {
  const hours = offered.find((each) => String(each) === typedHours);
  const risk = isAtRisk(atRisk) ? AT_RISK[atRisk] : undefined;
  const errors: DeclarationError[] = [
    ...(risk === undefined ? [{ field: 'atRisk' as const, text: 'Select who is at risk' }] : []),
    ...wordsError('why', why, { missing: 'Enter why it has to be now', name: 'Why it has to be now', least: WHY_MIN }),
    ...wordsError('tried', tried, {
      missing: 'Enter what you have tried',
      name: 'What you have tried',
      least: TRIED_MIN,
    }),
    ...(hours === undefined
      ? [{ field: 'hours' as const, text: 'Select how long you expect the emergency to last' }]
      : []),
  ];
  if (risk === undefined || hours === undefined || errors.length > 0) return err(errors);
  const words = [`At risk: ${risk}.`, `Why now: ${why}`, `Tried: ${tried}`, `Expected to last: ${sayHours(hours)}.`];
  return ok({ breakGlassId, hours, words: words.join('\n'), why });
}

const isAtRisk = (text: string): text is AtRisk => Object.hasOwn(AT_RISK, text);

function wordsError(
  field: 'why' | 'tried',
  typed: string,
  says: { readonly missing: string; readonly name: string; readonly least: number },
): readonly DeclarationError[] {
  if (typed === '') return [{ field, text: says.missing }];
  if (typed.length < says.least) return [{ field, text: `${says.name} must be ${says.least} characters or more` }];
  return typed.length > WORDS_MAX ? [{ field, text: `${says.name} must be ${WORDS_MAX} characters or less` }] : [];
}

export const sayHours = (hours: number): string => (hours === 1 ? '1 hour' : `${hours} hours`);
