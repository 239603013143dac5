import type { SignFault } from './sign-bundle.ts';
import type { SuccessionFault } from './succeed.ts';
import type { BundleFault } from './verify-bundle.ts';
import type { Missing } from './signatures-needed.ts';
import { groupInWords } from '../explain/state-in-words.ts';
import { requesterGroupSchema } from '../../../schemas/names.ts';
import type { Office } from './signers.ts';

/** What is wrong with a signed bundle, in sentences for whoever has to mend it. */

/** An office in words. */
export function officeInWords(office: Office): string {
  if (office === 'caldicott') return 'a Caldicott Guardian';
  if (office === 'ig') return 'information governance';
  return `the owner for ${groupInWords(requesterGroupSchema.parse(office.slice('owner:'.length)))}`;
}

/** Whose signatures are still wanted. */
export function missingInWords({ offices, another }: Missing): string {
  const words = offices.map(officeInWords);
  if (another && words.length === 0) return 'somebody beside the author, of another team';
  return words.join(', ');
}

/** One sentence or two for a fault of a bundle, of signing it, or of loading it after another. */
export function sayBundleFault(fault: BundleFault | SignFault | SuccessionFault): string {
  switch (fault.code) {
    case 'nothing-signed':
      return 'No signed bundle is there. Sign the folder with `holdfast policy sign`.';
    case 'malformed':
      return `Signed bundle ${fault.number} is not in the form in which bundles are kept: it was altered or cut. Restore the file.`;
    case 'out-of-order':
      return `Signed bundle ${fault.number} does not follow the one before it: one is missing, was replaced or was renamed.`;
    case 'version-differs':
      return `The files in signed bundle ${fault.number} do not say what its version says. Restore the file.`;
    case 'unknown-signer':
      return `Bundle ${fault.number} carries a signature of ${fault.signer}, whom the signers file does not list, or no longer.`;
    case 'signature-wrong':
      return `The signature of ${fault.signer} does not hold for bundle ${fault.number}: it was altered after it was signed.`;
    case 'author-did-not-sign':
      return `Bundle ${fault.number} names ${fault.signer} as its author, who did not sign it.`;
    case 'signature-short':
      return `Bundle ${fault.number} is short of a signature: ${missingInWords(fault.missing)}. Each is a person of their own, and none of the author's team.`;
    case 'brings-back':
      return `Bundle ${fault.number} says what bundle ${fault.earlier} said. To bring that back, sign it with --restore ${fault.earlier}.`;
    case 'restores-another':
      return `Bundle ${fault.number} is an order to restore an earlier one, and its files are not that one's.`;
    case 'other-signers':
      return `Bundle ${fault.number} was signed under another list of signers than the signers file has. Restore the file, or sign anew.`;
    case 'key-not-listed':
      return 'The signers file does not list this key.';
    case 'not-a-bundle':
      return fault.problems.map(({ file, line, what, mend }) => `${file}:${line}: ${what}. ${mend}`).join('\n');
    case 'complete':
      return `Bundle ${fault.number} is this folder, and everybody who has to has signed it.`;
    case 'folder-differs':
      return `Bundle ${fault.number}, written by ${fault.author}, waits for signatures, and the folder no longer holds its files. Put them back, or let its author sign anew.`;
    default:
      return saySuccessionFault(fault);
  }
}

function saySuccessionFault(fault: SuccessionFault): string {
  switch (fault.code) {
    case 'unsigned':
      return `Signed bundle ${fault.after} was in force, and these agreements are not signed.`;
    case 'rolled-back':
      return `Bundle ${fault.number} is older than bundle ${fault.after}, which was in force. To bring it back, sign it as a new one with --restore ${fault.number}.`;
    case 'forked':
      return `Bundle ${fault.number} is of another history than bundle ${fault.after}, which was in force.`;
  }
}
