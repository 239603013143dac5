/** Lines of a table that are too long for a row are taken out before anybody parses them. */

const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/**
 * Gives a table's bytes on without its lines past a limit; the end of such a line stays, so that the lines after it keep
 * their numbers. Without this a line of a hundred megabytes would be read as hundreds of broken rows, and the row after it
 * be lost with the last of them.
 *
 * @param bytesMax of one line; never more than that is held
 * @param told with the number of each line that was taken out, from 1
 */
export async function* dropLongLines(
  chunks: AsyncIterable<Uint8Array>,
  bytesMax: number,
  told: (line: number) => void,
): AsyncGenerator<Uint8Array> {
  let line = 1;
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const first = endIn(chunk);
    const rest = first === -1 ? chunk : chunk.subarray(first);
    length += first === -1 ? chunk.byteLength : first;
    if (length <= bytesMax) held.push(first === -1 ? chunk : chunk.subarray(0, first));
    else held = [];
    if (first === -1) continue;
    if (length > bytesMax) told(line);
    yield* held;
    line += feedsIn(rest);
    const last = lastEndIn(rest);
    yield rest.subarray(0, last + 1);
    held = [rest.subarray(last + 1)];
    length = rest.byteLength - last - 1;
  }
  if (length > bytesMax) told(line);
  else yield* held;
}

const endIn = (bytes: Uint8Array): number => {
  const feed = bytes.indexOf(LINE_FEED);
  const back = bytes.indexOf(RETURN);
  return feed === -1 ? back : back === -1 ? feed : Math.min(feed, back);
};

const lastEndIn = (bytes: Uint8Array): number => Math.max(bytes.lastIndexOf(LINE_FEED), bytes.lastIndexOf(RETURN));

/** Lines that begin in these bytes: told by line feeds, or by returns where a table knows no others. */
function feedsIn(bytes: Uint8Array): number {
  const end = bytes.includes(LINE_FEED) ? LINE_FEED : RETURN;
  let feeds = 0;
  for (let at = bytes.indexOf(end); at !== -1; at = bytes.indexOf(end, at + 1)) feeds += 1;
  return feeds;
}
