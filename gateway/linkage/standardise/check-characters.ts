/** The 23 letters of PNC and CRO check characters, by remainder (public: hmpps-person-record, PNCIdentifier). */
const LETTERS = 'ZABCDEFGHJKLMNPQRTUVWXY';

/** Check letter of a PNC or CRO number: two-digit year followed by the padded serial, modulo 23. */
export const policeCheckLetter = (yy: string, serial: string): string => LETTERS.charAt(Number(yy + serial) % 23);

/** Whether ten digits are an NHS number: modulus 11, weights 10 to 2 (NHS Data Model and Dictionary). */
export function isNhsNumber(digits: string): boolean {
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits)) return false;
  let sum = 0;
  for (let place = 0; place < 9; place += 1) sum += Number(digits.charAt(place)) * (10 - place);
  return (11 - (sum % 11)) % 11 === Number(digits.charAt(9));
}
