/** The e-mail addresses in a text and whatever else stands there. */
export interface EmailsRead {
  /** Lower-case, in the order written, each once. */
  readonly emails: readonly string[];
  readonly rest: string;
}

/**
 * Reads every e-mail address in a text. Only the basic shape is asked for: whether a mailbox exists is not knowable
 * here. What people type to get past a mandatory field ("none@none.com") is no address.
 *
 * @param text plain text, see spelling.ts
 */
export function readEmails(text: string): EmailsRead {
  const emails = new Set<string>();
  const rest = mended(text.toLowerCase()).replace(SHAPE, (found) => {
    const email = found.replace(/^\.+/, '');
    if (email.length <= LONGEST_EMAIL && !MADE_UP.test(email)) emails.add(email);
    return ' ';
  });
  return { emails: [...emails], rest };
}

/** "jane @ example.org", "jane(at)example.org", "jane@example,org": as people write what a box refuses. */
function mended(text: string): string {
  if (SOUND.test(text)) return text;
  return text
    .replace(/\s*(?:@|[([{]\s*at\s*[)\]}])\s*/g, '@')
    .replace(/\s*[([{]\s*dot\s*[)\]}]\s*/g, '.')
    .replace(/(@[^\s@,]*)\s*,\s*(?=(?:com|co|org|net|ac|gov|nhs|me|uk)\b)/g, '$1.');
}

const SOUND = /^[^\s@(),]+@[^\s@(),]+$/;
const LONGEST_EMAIL = 254;
/** An apostrophe between two letters is of the name (o'brien@…, RFC 5322 section 3.2.3); around an address it is a quote. */
const SHAPE =
  /[^\s@<>()[\],;:"'*]{1,64}(?:'[^\s@<>()[\],;:"'*]{1,64}){0,3}@(?:[^\s@<>()[\],;:"'*.]{1,63}\.){1,8}[a-z]{2,24}/g;
const MADE_UP =
  /^(?:none?|no-?e?mail|unknown|not-?known|refused|declined|test|noreply|no-reply|n\.?a)@|@(?:none|unknown|noemail|test)\./;

/**
 * The same for every spelling that reaches one mailbox: without the "+tag", and for Google without dots, so that a
 * protected person's mailbox is recognised however it was written.
 */
export function mailboxKey(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1).replace(/^googlemail\.com$/, 'gmail.com');
  const untagged = email.slice(0, at).replace(/(?<=.)\+.*$/, '');
  const local = domain === 'gmail.com' ? untagged.replaceAll('.', '') : untagged;
  return `${local}@${domain}`;
}
