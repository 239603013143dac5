/** Element types of PostgreSQL by their numbers, which never change. */
const OIDS = { json: 114, text: 25 } as const;

const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const NULL_LENGTH = -1;

/**
 * An array as PostgreSQL's binary protocol has it: dimensions, whether there are nulls, element type, then the length of
 * each element and its bytes. The driver sends a Buffer as a binary parameter. Written as text instead, every quote of a
 * JSON text is escaped here and searched for there, which for the log cost more than keeping it.
 * @param room gives a Buffer of at least so many bytes, which is written over
 */
export function binaryArray(
  type: keyof typeof OIDS,
  items: readonly (string | null)[],
  room: (bytes: number) => Buffer = (bytes) => Buffer.allocUnsafe(bytes),
): Buffer {
  const lengths = items.map((item) => (item === null ? NULL_LENGTH : Buffer.byteLength(item)));
  const bytes = lengths.reduce((sum, length) => sum + LENGTH_BYTES + Math.max(0, length), HEADER_BYTES);
  const array = room(bytes);
  const header = [items.length === 0 ? 0 : 1, lengths.includes(NULL_LENGTH) ? 1 : 0, OIDS[type], items.length, 1];
  header.forEach((value, n) => array.writeInt32BE(value, n * 4));
  let at = HEADER_BYTES;
  for (const [n, item] of items.entries()) {
    at = array.writeInt32BE(lengths[n] ?? NULL_LENGTH, at);
    if (item !== null) at += array.write(item, at, 'utf8');
  }
  // Without elements there is no dimension to tell the bounds of.
  return array.subarray(0, items.length === 0 ? 12 : bytes);
}

const rooms = new WeakMap<object, Buffer>();

/**
 * Room that is used again for each statement of a connection, which copies it as it is given one while it is idle. New
 * room for each batch of the log had the collector busy with little else.
 */
export const roomOf =
  (connection: object) =>
  (bytes: number): Buffer => {
    const kept = rooms.get(connection);
    if (kept !== undefined && kept.length >= bytes) return kept;
    const room = Buffer.allocUnsafe(bytes * 2);
    rooms.set(connection, room);
    return room;
  };
