/** A postcode found in an address line, and the line without it. */
export interface PostcodeRead {
  /** Upper-case with its space, for example `AB1 2CD`. */
  readonly postcode: string;
  readonly rest: string;
}

/**
 * Finds the postcode of a one-line address: the last one written correctly, else one at the end in which letters and
 * digits that look alike (O and 0, I and 1, S and 5) were exchanged.
 *
 * @param line plain text, see spelling.ts
 */
export function readPostcode(line: string): PostcodeRead | undefined {
  const text = line.replace(COUNTRY, '');
  const correct = [...text.matchAll(CORRECT)].at(-1);
  if (correct !== undefined) {
    const [found, outward = '', inward = ''] = correct;
    const rest = `${text.slice(0, correct.index)} ${text.slice(correct.index + found.length)}`;
    return { postcode: `${outward} ${inward}`.toUpperCase(), rest };
  }
  const last = AT_END.exec(text);
  if (last === null) return undefined;
  const [, outward = '', inward = ''] = last;
  const postcode = mendPostcode(outward.toUpperCase(), inward.toUpperCase());
  return postcode === undefined ? undefined : { postcode, rest: text.slice(0, last.index) };
}

const COUNTRY = /[\s,.]*\b(?:england|wales|scotland|united kingdom|great britain|u\.?k\.?|gb)[\s.]*$/i;
const CORRECT = /\b([a-z]{1,2}\d[a-z\d]?)[\s.-]*(\d[a-z]{2})\b/gi;
const AT_END = /\b([a-z\d]{2,4})[\s.-]*([a-z\d]{3})[\s.,]*$/i;

/** Shapes of the outward half by its length (Royal Mail PAF); A is a letter, 9 a digit. */
const OUTWARD_SHAPES: Readonly<Record<number, readonly string[]>> = {
  2: ['A9'],
  3: ['AA9', 'A99', 'A9A'],
  4: ['AA99', 'AA9A'],
};
const AS_DIGIT: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', S: '5' };
const AS_LETTER: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '5': 'S' };

function mendPostcode(outward: string, inward: string): string | undefined {
  const end = fit(inward, '9AA');
  if (end === undefined) return undefined;
  const fits = (OUTWARD_SHAPES[outward.length] ?? []).flatMap((shape) => fit(outward, shape) ?? []);
  const best = fits.sort((a, b) => a.mended - b.mended)[0];
  // Three repairs or more is not a slip of the eye but some other word.
  return best === undefined || best.mended + end.mended > 2 ? undefined : `${best.text} ${end.text}`;
}

function fit(text: string, shape: string): { text: string; mended: number } | undefined {
  let fitted = '';
  let mended = 0;
  for (let index = 0; index < shape.length; index += 1) {
    const want = shape.charAt(index);
    const character = text.charAt(index);
    const isDigit = character >= '0' && character <= '9';
    if (isDigit === (want === '9')) {
      fitted += character;
      continue;
    }
    const other = want === '9' ? AS_DIGIT[character] : AS_LETTER[character];
    if (other === undefined) return undefined;
    fitted += other;
    mended += 1;
  }
  return { text: fitted, mended };
}
