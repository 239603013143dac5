import type { ExportAbout } from './layout.ts';

/** What somebody reads first who was sent an export and has never seen one. */
export const exportReadme = ({ origin, from, until, size, madeAt }: ExportAbout): string => `\
An export of the access log ${origin}
made ${madeAt}: entries ${from} to ${until - 1} of ${size}

What this is
  Each line of entries.jsonl is one entry: that somebody asked about a case, what was answered and under which rule,
  that a record was changed, that the log itself was searched. There is no name of a person asked about in it, no
  telephone number and no address.

How to be sure of it
  You need the public key of the log and those of the agencies' witnesses, from the agencies themselves. The copy in
  keys.txt only says which keys are meant: whoever changed the entries could have changed that file as well.

    holdfast log verify FOLDER --log-key KEY --witness KEY --witness KEY --quorum NUMBER

  or, with Node.js and one file that depends on nothing (deploy/verify-log.mjs):

    node verify-log.mjs FOLDER --log-key KEY --witness KEY --witness KEY --quorum NUMBER

  Both say in words what holds, or which entry does not and what to do. Add --known FILE with a checkpoint that a
  witness gave you, and a cut-off end is noticed too.

What lies where
  entries.jsonl    the entries, one a line, byte for byte as they were hashed (RFC 8785)
  checkpoints/     what the log signed and the witnesses countersigned (C2SP signed notes); the newest covers all
  proofs/          hashes of the entries that are not here (before.txt, after.txt: complete subtrees of RFC 6962, from
                   left to right), and proofs that the newest checkpoint continues an earlier one
  export.json      the same facts for a program
  SHA256SUMS       sums of all files: sha256sum -c SHA256SUMS shows whether the copy is whole

Keep it as confidential as the records it speaks of. It shows who looked for whom.
`;
