import type { ExportFault, VerifiedExport } from '../audit/export/verify-export.ts';
import type { VerifyFault } from './verify-log.ts';

/** What a person reads: which entry, what does not hold, and what to do about it. */

const ASK_AGAIN =
  'Ask for a new export; if it happens again, tell the information-governance officers of all agencies.';
const NOT_AS_RECORDED =
  'Keep this folder as evidence, make no further export from that database, and tell the information-governance ' +
  'officers of all agencies and the witnesses’ operators.';
const KEYS =
  'Compare the keys with those that the agencies gave you themselves. If they are right, somebody exchanged the ' +
  'signature: keep this folder as evidence and tell the officers of all agencies.';

/** What does not hold, in sentences. */
export function sayExportFault(fault: ExportFault): string {
  switch (fault.code) {
    case 'file-missing':
      return `The file ${fault.file} is not there or not listed: the copy is not whole. ${ASK_AGAIN}`;
    case 'file-unlisted':
      return `The file ${fault.file} does not belong to this export: somebody put it there. Take the export from its sender anew.`;
    case 'file-malformed':
      return `The file ${fault.file} is cut short or not of its form: the copy is not whole, or was changed. ${ASK_AGAIN}`;
    case 'sum-differs':
      return `The file ${fault.file} is not what its sum says: it was changed, or the copy is damaged. ${ASK_AGAIN}`;
    case 'entry-malformed':
      return `Entry ${fault.position} is no entry of the log: its text was changed. ${NOT_AS_RECORDED}`;
    case 'entry-not-canonical':
      return `Entry ${fault.position} is written in another form than the log writes: its text was changed. ${NOT_AS_RECORDED}`;
    case 'entry-out-of-place':
      return `Where entry ${fault.position} should be stands another: entries were deleted, inserted or re-ordered. ${NOT_AS_RECORDED}`;
    case 'clock-went-back':
      return `Entry ${fault.position} calls itself older than the entry before it: it was back-dated. ${NOT_AS_RECORDED}`;
    case 'back-dated':
      return (
        `Entry ${fault.position} says that it was recorded ${fault.recordedAt}, but by ${fault.witnessedAt} the ` +
        `witnesses had seen the log without it: it was back-dated. ${NOT_AS_RECORDED}`
      );
    case 'entries-missing':
      return `The entries end before entry ${fault.position}, and should reach ${fault.until - 1}: the end was cut off. ${ASK_AGAIN}`;
    case 'entries-too-many':
      return `Entry ${fault.position} is one too many: it was added after the export was made. ${NOT_AS_RECORDED}`;
    default:
      return saySignatureFault(fault);
  }
}

type SignatureFault = Exclude<ExportFault, { readonly file: string } | { readonly position: number }>;

function saySignatureFault(fault: SignatureFault): string {
  switch (fault.code) {
    case 'origin-differs':
      return `The checkpoints are of the log “${fault.origin}”, not of the log whose key was given: this is another log’s export, or a wrong --log-key.`;
    case 'log-signature-missing':
      return `The checkpoint over ${fault.size} entries is not signed with the log’s key that was given: the key was replaced, or the checkpoint forged. ${KEYS}`;
    case 'signature-wrong':
      return `The signature of ${fault.name} on the checkpoint over ${fault.size} entries does not hold: it was forged or damaged. ${KEYS}`;
    case 'quorum-missing':
      return (
        `The checkpoint over ${fault.size} entries has ${fault.cosigners} of the ${fault.quorum} witness signatures that ` +
        'are asked for. Nobody but the operator vouches for it: wait until the witnesses have signed, then export again.'
      );
    case 'root-differs':
      return (
        `The entries do not make the tree over ${fault.size} entries that was signed: an entry from ${fault.after} to ` +
        `${fault.size - 1} was changed, or a proof was. ${NOT_AS_RECORDED}`
      );
    case 'known-unusable':
      return 'The checkpoint given with --known is not one of this log, or is not signed with its key: fetch it from a witness again.';
    case 'known-differs':
      return `The checkpoint given with --known and this export name different trees of ${fault.size} entries: two histories were shown. ${NOT_AS_RECORDED}`;
    case 'known-is-newer':
      return `The checkpoint given with --known covers ${fault.size} entries, more than this export: its end was cut off, or it is older. Ask for a newer export; if there is none, the log was rolled back. ${NOT_AS_RECORDED}`;
    case 'known-not-shown':
      return `The checkpoint given with --known covers ${fault.size} entries, and this export does not hold the entries that lead to it: ask for an export from entry 0.`;
  }
}

const at = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** What holds, in sentences. */
export function sayVerifiedExport({ origin, from, until, size, root, ...found }: VerifiedExport): string {
  const { cosigners, checkpoints, aheadOfClock } = found;
  const witnesses =
    cosigners.length === 0
      ? 'No witness was checked: nobody but the operator vouches for it.'
      : `Countersigned by ${cosigners.map(({ name, timestamp }) => `${name} (${at(timestamp)})`).join(', ')}.`;
  return [
    `Entries ${from} to ${until - 1} of the log “${origin}” hold, by ${checkpoints} checkpoints; the newest covers ${size}.`,
    witnesses,
    ...(aheadOfClock === 0
      ? []
      : [
          `${aheadOfClock} entries are dated later than the witnesses saw them: the log’s clock was wrong. Look into it.`,
        ]),
    `Head ${size}:${Buffer.from(root).toString('base64url')}`,
  ].join('\n');
}

const LIVE: Readonly<Record<VerifyFault['code'], string>> = {
  'log-unavailable': 'could not be read: check the address in the --url file and that the database runs.',
  'hash-differs': 'is not what was recorded: its text was changed.',
  'not-an-entry': 'is no entry of the log: its text was changed.',
  'not-canonical': 'is written in another form than the log writes: its text was changed.',
  'out-of-place': 'is not the one that belongs there: entries were deleted, inserted or re-ordered.',
  'clock-went-back': 'calls itself older than the entry before it: it was back-dated.',
  truncated: 'is missing: the log once reached further, by the head that was given.',
  'root-differs': 'or one before it is not what the head that was given was made over: this is another history.',
};

/** What does not hold of a live log, in sentences. */
export function sayVerifyFault({ code, position }: VerifyFault): string {
  const stop =
    code === 'log-unavailable' ? '' : ` Stop the gateways and keep the database as it is. ${NOT_AS_RECORDED}`;
  return `Entry ${position} ${LIVE[code]}${stop}`;
}
