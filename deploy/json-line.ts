/** Takes a line of a JSON Lines file; gives what it says, or undefined, which no schema takes. */
export function parseJsonLine(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return value;
  } catch {
    return undefined;
  }
}
