import { err, ok, type Result } from '../../schemas/result.ts';

/**
 * JSON as an interface between two parsers that must agree: a key given twice is read differently by different
 * programs (one checks the first, another uses the last), so it is refused, and so is nesting that only an attacker
 * sends. RFC 8259 leaves both open.
 */

export type JsonFault = 'body-not-json' | 'body-duplicate-key' | 'body-too-deep';

export const DEPTH_MAX = 12;

/** Parses one JSON value. Names the fault, never what stood there. */
export function parseStrictJson(text: string): Result<unknown, JsonFault> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err('body-not-json');
  }
  const fault = faultInValidJson(text);
  return fault === undefined ? ok(value) : err(fault);
}

interface Level {
  /** Keys seen in this object; undefined for an array. */
  readonly keys: Set<string> | undefined;
  expectsKey: boolean;
}

/** One pass over text that JSON.parse has accepted, so strings and brackets are known to be well formed. */
function faultInValidJson(text: string): JsonFault | undefined {
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const top = levels.at(-1);
    switch (text[at]) {
      case '{':
      case '[':
        if (levels.length >= DEPTH_MAX) return 'body-too-deep';
        levels.push(text[at] === '{' ? { keys: new Set(), expectsKey: true } : { keys: undefined, expectsKey: false });
        break;
      case '}':
      case ']':
        levels.pop();
        break;
      case ',':
        if (top?.keys !== undefined) top.expectsKey = true;
        break;
      case '"': {
        const end = endOfString(text, at);
        if (top?.keys !== undefined && top.expectsKey) {
          // Two spellings of one key ("a" and "\u0061") are one key.
          const key: unknown = JSON.parse(text.slice(at, end + 1));
          if (top.keys.has(String(key))) return 'body-duplicate-key';
          top.keys.add(String(key));
          top.expectsKey = false;
        }
        at = end;
        break;
      }
      default:
    }
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
