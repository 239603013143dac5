import type { RequestFault } from '../api/read-request.ts';
import type { ProblemPlace } from '../../schemas/problem.ts';
import { err, ok, type Result } from '../../schemas/result.ts';

/**
 * One question a line, one answer a line, in the same order, and never more than one line in memory at a time. A line
 * that cannot be read is reported by number, place and code, since what stands there may be somebody's name (P8).
 */

/** One line as it stands in the file; numbers begin at 1. */
export interface Line {
  readonly number: number;
  readonly text: Result<string, 'line-too-long' | 'not-utf-8'>;
}

/** One question with all that seven agencies hold is a few hundred kilobytes; past this it is no question. */
export const LINE_BYTES_MAX = 16 * 1024 * 1024;

const NEWLINE = 0x0a;

/** Gathers the bytes of one line. Bytes past the limit are counted and let go. */
class LineBytes {
  #pieces: Uint8Array[] = [];
  #length = 0;
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  add(piece: Uint8Array): void {
    this.#length += piece.byteLength;
    if (this.#length <= this.#max) this.#pieces.push(piece);
    else this.#pieces = [];
  }

  take(): Line['text'] {
    const tooLong = this.#length > this.#max;
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    return tooLong ? err('line-too-long') : decode(bytes);
  }
}

/** Bytes that are no UTF-8 are refused: a replacement character in a name would be compared as a letter. */
function decode(bytes: Uint8Array): Line['text'] {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return err('not-utf-8');
  }
}

/**
 * Parts a stream of bytes into lines, without their ends (LF or CRLF); the last line needs none.
 *
 * @param bytesMax of one line; a longer one is passed over and given as a fault
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  bytesMax: number = LINE_BYTES_MAX,
): AsyncGenerator<Line> {
  const line = new LineBytes(bytesMax);
  let number = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      line.add(chunk.subarray(start, end));
      start = end + 1;
      number += 1;
      yield { number, text: line.take() };
    }
    if (start < chunk.byteLength) line.add(chunk.subarray(start));
  }
  if (!line.isEmpty) yield { number: number + 1, text: line.take() };
}

/** What is wrong at one place of a line, without what stands there. */
export interface LinePlace {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  readonly code: ProblemPlace['code'] | 'cycle' | 'not-a-contact' | 'taken';
}

/** Why a line has no answer. `fault-of-ours` is a bug: the line may be right. */
export interface LineFault {
  readonly code: RequestFault['code'] | 'line-too-long' | 'not-utf-8' | 'fault-of-ours';
  readonly places?: readonly LinePlace[];
}

/** The answer to one line, and what its author should know about it although it was answered. */
export interface LineAnswer {
  readonly answer: object;
  readonly notices: readonly LinePlace[];
}

export type AnswerLine = (text: string) => Result<LineAnswer, LineFault>;

/** Told of each line that was refused or answered with a notice, in one sentence without any value. */
export type Report = (sentence: string) => void;

/** How many questions there were, and how many of them could not be read. */
export interface LineCount {
  questions: number;
  broken: number;
}

/**
 * Answers a stream line by line. Pulls the next line only when the answer before it was taken, so that a slow output
 * holds the input back instead of filling memory. Blank lines are no questions.
 *
 * @param count is added to as lines go by
 * @returns the answers, each a line of JSON with its end
 */
export async function* answerLines(
  chunks: AsyncIterable<Uint8Array>,
  answer: AnswerLine,
  report: Report,
  count: LineCount,
): AsyncGenerator<string> {
  for await (const { number, text } of readLines(chunks)) {
    if (text.ok && text.value.trim() === '') continue;
    count.questions += 1;
    const answered = text.ok ? answerOne(answer, text.value) : err({ code: text.error });
    if (!answered.ok) {
      count.broken += 1;
      report(`line ${number}: refused, ${wordFault(answered.error)}`);
      continue;
    }
    const { notices } = answered.value;
    if (notices.length > 0) report(`line ${number}: answered, but ${wordPlaces(notices)}`);
    yield `${JSON.stringify(answered.value.answer)}\n`;
  }
}

/** One line that trips over a bug must not cost the answers to all lines after it; it is reported like any other. */
function answerOne(answer: AnswerLine, text: string): Result<LineAnswer, LineFault> {
  try {
    return answer(text);
  } catch {
    return err({ code: 'fault-of-ours' });
  }
}

function wordFault({ code, places = [] }: LineFault): string {
  return places.length === 0 ? code.replace(/^body-/, '') : wordPlaces(places);
}

function wordPlaces(places: readonly LinePlace[]): string {
  return places.map(({ pointer, code }) => `${pointer === '' ? '/' : pointer} ${code}`).join('; ');
}
