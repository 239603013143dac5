/** The 121 postcode areas of the United Kingdom and the three of the Crown dependencies (Royal Mail, public). */
const AREAS: ReadonlySet<string> = new Set(
  (
    'AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY ' +
    'G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP ' +
    'NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB ' +
    'W WA WC WD WF WN WR WS WV YO ZE'
  ).split(' '),
);

const SHAPE = /^([A-Z]{1,2})(\d[A-Z\d]?)(\d[A-Z]{2})$/;

/** As nearly all are written, which is quickly read. */
const AS_WRITTEN = /^(([A-Z]{1,2})\d[A-Z\d]?) ?(\d[A-Z]{2})$/;

/** No fixed abode as sources code it: Delius' NF1 1NF and NF1 1FA, and the pseudo-postcodes ZZ99 of the NHS. */
const NO_PLACE = /^(?:NF1|ZZ99)/;

const CONFUSED: Readonly<Record<string, string>> = { O: '0', '0': 'O', I: '1', '1': 'I', S: '5', '5': 'S' };

/** Every reading of a text in which O and 0, I and 1, S and 5 may have been confused, as typed first. */
function readings(text: string): string[] {
  let found = [''];
  for (const character of text) {
    const other = CONFUSED[character];
    found = found.flatMap((start) => (other === undefined ? [start + character] : [start + character, start + other]));
  }
  return found;
}

function isRealArea(postcode: string): boolean {
  const match = SHAPE.exec(postcode);
  return match !== null && AREAS.has(match[1] ?? '');
}

const lettersAndDigits = (raw: string): string =>
  raw
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');

/** Whether a postcode says that there is no fixed abode. */
export const saysNoPlace = (raw: string): boolean => NO_PLACE.test(lettersAndDigits(raw));

export interface Postcode {
  /** Upper-case without blank. */
  readonly postcode: string;
  readonly outward: string;
}

/**
 * A postcode in one notation, with O/0, I/1 and S/5 put right by position, or undefined where it is none or says that
 * there is no fixed abode.
 */
export function standardisePostcode(raw: string): Postcode | undefined {
  const plain = AS_WRITTEN.exec(raw);
  if (plain !== null && AREAS.has(plain[2] ?? '')) {
    const outward = plain[1] ?? '';
    if (!NO_PLACE.test(outward)) return { postcode: outward + (plain[3] ?? ''), outward };
  }
  const text = lettersAndDigits(raw);
  if (text.length < 5 || text.length > 7 || NO_PLACE.test(text)) return undefined;
  const postcode = isRealArea(text) ? text : (readings(text).find(isRealArea) ?? (SHAPE.test(text) ? text : undefined));
  if (postcode === undefined || NO_PLACE.test(postcode)) return undefined;
  return { postcode, outward: postcode.slice(0, -3) };
}

/** Whether a text is a postcode, or says as one that there is no fixed abode. */
export const isPostcode = (raw: string): boolean => saysNoPlace(raw) || standardisePostcode(raw) !== undefined;
