/**
 * The digits of an NHS number without spaces, or undefined where it is not one: ten digits whose last is the
 * modulus 11 check digit (NHS Data Dictionary, "NHS number"). A number that fails is never sent: it names nobody,
 * or with one digit mistyped somebody else.
 */
export function nhsNumberOf(value: string): string | undefined {
  const digits = value.replace(/[\s-]/g, '');
  if (!/^\d{10}$/.test(digits)) return undefined;
  let sum = 0;
  for (let place = 0; place < 9; place += 1) sum += Number(digits.charAt(place)) * (10 - place);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(digits.charAt(9)) ? digits : undefined;
}
