/** Values as one compares them, by rules of our own: what is judged must not be read with the judged one's eyes. */

/** E.164 of a British number however it is written; undefined where no eleven digits can be made out. */
export function plainPhone(text: string): string | undefined {
  const narrow = text.normalize('NFKC').replace(/^tel:/u, '').replace('(0)', '');
  const digits = narrow
    .replace(/[^\d+]/gu, '')
    .replace(/^\+44|^0044/u, '0')
    .replace(/^44(?=\d{10}$)/u, '0');
  return /^0[1-9]\d{9}$/u.test(digits) &&
    !/^0?(\d)\1{8,}$/u.test(digits) &&
    !['01234567890', '07000000000', '07777777777'].includes(digits)
    ? `+44${digits.slice(1)}`
    : undefined;
}
export const plainEmail = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^mailto:/u, '');
export const plainPostcode = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/gu, '');
/** The postcode at the end of an address line. */
export const postcodeOf = (line: string): string | undefined => {
  const found = /([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\s*$/iu.exec(line);
  return found === null ? undefined : plainPostcode(found[0]);
};
