/** Why a case of a pack has no answer, in a sentence, from the code of the refusal. */
export const sayRefused = (code: string): string =>
  SENTENCES.get(code) ?? 'No agency was asked about this case. Ask again in a minute.';

/** Whether asking again may help: the fault was ours and not the case's. */
export const mayAskAgain = (code: string): boolean => !SENTENCES.has(code);

const SENTENCES: ReadonlyMap<string, string> = new Map([
  ['case-not-known', 'Your panel has no case with this reference any more.'],
  ['purpose-not-supported', 'The case does not support this purpose for this meeting any more.'],
  ['role-may-not-claim', 'Your role may not ask for this meeting.'],
  ['purpose-unknown', 'The agreements do not know this purpose any more.'],
]);
