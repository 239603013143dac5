import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** The telephone numbers in a text and whatever else stands there. */
export interface NumbersRead {
  /** E.164, in the order written, each once. */
  readonly numbers: readonly string[];
  /** What is left of the text: it may say whose the number is. */
  readonly rest: string;
}

/**
 * Reads every telephone number in a text, United Kingdom unless it says otherwise. A number need not be allocated (the
 * drama ranges are not), but it must have the shape of one: too short, masked and made-up numbers are none.
 *
 * British spellings are read here rather than by libphonenumber-js, because they cost a tenth of the time and because
 * people write what that library refuses ("+07700 …", "44(0)…", two numbers in one field); all others are read by it.
 *
 * @param text plain text, see spelling.ts
 */
export function readPhones(text: string): NumbersRead {
  const [plain, significant = ''] = PLAIN_BRITISH.exec(text) ?? [];
  if (plain !== undefined) return { numbers: isMadeUp(significant) ? [] : [`+44${significant}`], rest: ' ' };
  if (MASKED.test(text)) return { numbers: [], rest: '' };
  const mended = text.replace(WITH_LETTER_O, (run) => run.replace(/o/gi, '0'));
  const numbers = new Set<string>();
  const rest = mended.replace(RUN, (run) => {
    for (const number of numbersInRun(run)) numbers.add(number);
    return ' ';
  });
  if (numbers.size === 0 && !/[a-z]/i.test(mended)) {
    // "01632/960123", "07700,900,123": separators that otherwise part two numbers.
    for (const number of numbersInRun(mended.replace(/[^\d+]+/g, ''))) numbers.add(number);
  }
  return { numbers: [...numbers], rest };
}

/** As nearly all are held: read at once, because hundreds of slips of a number are read so in a question. */
const PLAIN_BRITISH = /^(?:\+44|0)([1-35789]\d{9})$/;
/** Digits with the marks that people put between them; a plus starts a new number. */
const RUN = /\+?[\s(]*\d(?:[\s()._-]*\d)*/g;
const MASKED = /\*|\dx{2,}|\d\.{3}/i;
/** A letter O where a nought belongs is enough to make one number look like two. */
const WITH_LETTER_O = /(?<![a-z])[\do][\do\s().-]{8,}(?![a-z])/gi;

function* numbersInRun(run: string): Generator<string> {
  const international = run.startsWith('+');
  const { digits, gaps } = digitsOf(run);
  const british = BRITISH.exec(digits);
  if (british !== null) {
    const [written, prefix = '', significant = ''] = british;
    const whole = written.length === digits.length;
    // Without a prefix nothing says where the number starts, so it has to be all there is.
    if (whole || (prefix !== '' && gaps.has(written.length))) {
      if (prefix !== '' || !international) {
        if (!isMadeUp(significant)) yield `+44${significant}`;
        if (!whole) yield* numbersInRun(run.slice(offsetOfDigit(run, written.length)));
        return;
      }
    }
  }
  const short = SHORT_BRITISH.exec(digits)?.[1];
  if (short !== undefined) {
    if (!isMadeUp(short)) yield `+44${short}`;
    return;
  }
  const foreign = foreignNumber(digits, international);
  if (foreign !== undefined) yield foreign;
}

/** Prefix 0, 44, 044, 0044, each also with the "(0)" that belongs to none of them; then ten significant digits. */
const BRITISH = /^(0*440?|0)?([1-35789]\d{9})/;
/** Ofcom's nine-digit numbers: some 01 area codes, 0500 and 0800. A shortened mobile is none of them. */
const SHORT_BRITISH = /^(?:0*440?|0)((?:1\d|[58]0)\d{7})$/;

function digitsOf(run: string): { digits: string; gaps: ReadonlySet<number> } {
  let digits = '';
  const gaps = new Set<number>();
  for (const character of run) {
    if (character >= '0' && character <= '9') digits += character;
    else gaps.add(digits.length);
  }
  return { digits, gaps };
}

function offsetOfDigit(run: string, count: number): number {
  let seen = 0;
  for (let index = 0; index < run.length; index += 1) {
    if (/\d/.test(run.charAt(index))) {
      if (seen === count) return index;
      seen += 1;
    }
  }
  return run.length;
}

function foreignNumber(digits: string, international: boolean): string | undefined {
  const bare = digits.replace(/^00/, '');
  // E.164 allows 15 digits; no country's numbers have fewer than 8 with its code.
  if (bare.startsWith('0') || bare.startsWith('44') || bare.length < 8 || bare.length > 15) return undefined;
  if (!international && bare.length === digits.length && bare.length < 11) return undefined;
  const parsed = parsePhoneNumberFromString(`+${bare}`);
  return parsed?.isPossible() === true && !isMadeUp(parsed.nationalNumber) ? parsed.number : undefined;
}

/** What people type to get past a mandatory field. */
function isMadeUp(significant: string): boolean {
  return /^\d?(\d)\1{7,}$|0{7,}$|12345678|98765432/.test(significant);
}
