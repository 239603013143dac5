/** Stable sort of row numbers by a 32-bit key each: four passes of one byte (Knuth, TAOCP 3, 5.2.5). */
export function sortByKey(order: Uint32Array, keys: Uint32Array): Uint32Array<ArrayBuffer> {
  let from = Uint32Array.from(order);
  let to = new Uint32Array(order.length);
  const counts = new Uint32Array(65_536);
  for (const shift of [0, 16]) {
    counts.fill(0);
    for (const row of from) {
      const digit = ((keys[row] ?? 0) >>> shift) & 0xffff;
      counts[digit] = (counts[digit] ?? 0) + 1;
    }
    let sum = 0;
    for (let digit = 0; digit < counts.length; digit += 1) {
      const count = counts[digit] ?? 0;
      counts[digit] = sum;
      sum += count;
    }
    for (const row of from) {
      const digit = ((keys[row] ?? 0) >>> shift) & 0xffff;
      const at = counts[digit] ?? 0;
      to[at] = row;
      counts[digit] = at + 1;
    }
    [from, to] = [to, from];
  }
  return from;
}
