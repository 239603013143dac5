import { consonants } from '../standardise/latin.ts';

/**
 * A name by its sound: first letter and consonants, letters that are confused by ear as one. A short code of our
 * own: for keys, and for names that are spelt nearly alike besides.
 */
export function soundOf(name: string): string {
  const heard = name
    .replace(/ph/g, 'f')
    .replace(/^(?:kn|gn)/, 'n')
    .replace(/^wr/, 'r')
    .replace(/sch|sh|ch|cz|sz|zh/g, 's')
    .replace(/ck|[ckqgx]/g, 'k')
    .replace(/[szj]/g, 's')
    .replace(/[dt]h?/g, 't')
    .replace(/[bp]/g, 'p')
    .replace(/[vf]/g, 'f')
    .replace(/[mn]/g, 'n')
    .replace(/h/g, '');
  const first = heard.charAt(0);
  return (/[aeiouyw]/.test(first) ? 'a' : '') + consonants(heard).slice(0, 4);
}
