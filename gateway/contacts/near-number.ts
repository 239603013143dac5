/**
 * Numbers that differ by one slip of the pen. The attacker is chance: whoever tells the panel the victim's number may
 * get one digit wrong, and then the number in his file that a clerk calls his own is hers, unrecognised.
 */

/**
 * Every number that one slip makes of a number: one digit taken for another, or two neighbours exchanged. A slip that
 * drops or doubles a digit leaves no number, see `completionsOf`.
 *
 * @param number E.164; only British ones are known well enough to say which digits can slip
 */
export function* slipsOf(number: string): Generator<string> {
  if (!number.startsWith(BRITAIN)) return;
  for (let at = FIRST_FREE; at < number.length; at += 1) {
    const digit = number.charAt(at);
    for (const other of DIGITS) if (other !== digit) yield replaced(number, at, other);
    const next = number.charAt(at + 1);
    if (next !== '' && next !== digit) yield replaced(number, at, next + digit);
  }
}

const BRITAIN = '+44';
/** The first digit after the country code says what sort of number it is: another there is no slip of the same. */
const FIRST_FREE = BRITAIN.length + 1;
const DIGITS = Array.from('0123456789');

function replaced(text: string, at: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + by.length);
}

/**
 * The numbers that a protected person's unreadable number may be: one digit was left out, or one typed too many. What
 * cannot be read would otherwise protect nobody.
 *
 * @param text as somebody wrote it
 * @returns E.164; empty where more than one digit is missing or too many
 */
export function completionsOf(text: string): readonly string[] {
  // A letter among digits stands for one of them: which, nobody knows.
  const digits = text
    .replace(/\p{L}{2,}(?!\d)/gu, ' ')
    .replace(/[oO]/g, '0')
    .replace(/[^\d]+/g, '');
  const significant = /^(?:0*44|0)0*(\d{9,11})$/.exec(digits)?.[1];
  if (significant === undefined || significant.length === WHOLE || /^(\d)\1+$/.test(significant)) return [];
  const found =
    significant.length < WHOLE
      ? Array.from({ length: WHOLE }, (_, at) => DIGITS.map((digit) => inserted(significant, at, digit))).flat()
      : Array.from(significant, (_, at) => significant.slice(0, at) + significant.slice(at + 1));
  return [...new Set(found)].map((each) => `${BRITAIN}${each}`);
}

const WHOLE = 10;

function inserted(text: string, at: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at);
}

/**
 * Whether numbers like this one stand so close together that a near miss is chance: a firm's extensions, a family's
 * contract, a register that numbers its test cases. Nobody holds a number of the ranges that Ofcom keeps for drama.
 *
 * @param number E.164
 * @param blocks of every number that the answer holds in clear
 */
export function isCrowded(number: string, blocks: ReadonlyMap<string, number>): boolean {
  return DRAMA.test(number) || (blocks.get(blockOf(number)) ?? 0) >= CROWD;
}

/** How many different numbers of each thousand there are. */
export function blocksOf(numbers: ReadonlySet<string>): ReadonlyMap<string, number> {
  const blocks = new Map<string, number>();
  for (const number of numbers) blocks.set(blockOf(number), (blocks.get(blockOf(number)) ?? 0) + 1);
  return blocks;
}

const blockOf = (number: string): string => number.slice(0, -3);
/** Two are a slip, three a neighbourhood. ASSUMPTION. */
const CROWD = 3;
/** Ofcom, "Telephone numbers for use in TV and radio drama programmes". */
const DRAMA =
  /^\+44(?:7700900|1(?:13|14|15|16|17|18|21|31|41|51|61)4960|1632960|1914980|2079460|2890180|2920180|8081570|3069990)/;
