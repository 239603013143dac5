/** One thing wrong with a file of a bundle, said so that the person who edits it can mend it. */
export interface PolicyProblem {
  readonly file: string;
  /** Line in the file, from 1; 0 where the file as a whole is wrong or missing. */
  readonly line: number;
  readonly what: string;
  readonly mend: string;
}

/** Says of a place in a file what is wrong there and how to mend it. */
export type Complain = (at: readonly PropertyKey[], what: string, mend: string) => void;
