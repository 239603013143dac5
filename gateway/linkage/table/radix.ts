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

let spareKeys: Uint32Array = new Uint32Array(0);
let spareRows: Uint32Array = new Uint32Array(0);

/** Sorts the first `count` keys, and the numbers beside them with them; stable. */
export function sortTogether(keys: Uint32Array, numbers: Uint32Array, count: number): void {
  if (spareKeys.length < count) [spareKeys, spareRows] = [new Uint32Array(keys.length), new Uint32Array(keys.length)];
  const counts = new Uint32Array(65_536);
  let [fromKeys, fromNumbers, toKeys, toNumbers] = [keys, numbers, spareKeys, spareRows];
  for (const shift of [0, 16]) {
    counts.fill(0);
    for (let at = 0; at < count; at += 1) {
      const digit = ((fromKeys[at] ?? 0) >>> shift) & 0xffff;
      counts[digit] = (counts[digit] ?? 0) + 1;
    }
    let sum = 0;
    for (let digit = 0; digit < counts.length; digit += 1) {
      const inDigit = counts[digit] ?? 0;
      counts[digit] = sum;
      sum += inDigit;
    }
    for (let at = 0; at < count; at += 1) {
      const key = fromKeys[at] ?? 0;
      const digit = (key >>> shift) & 0xffff;
      const place = counts[digit] ?? 0;
      toKeys[place] = key;
      toNumbers[place] = fromNumbers[at] ?? 0;
      counts[digit] = place + 1;
    }
    [fromKeys, fromNumbers, toKeys, toNumbers] = [toKeys, toNumbers, fromKeys, fromNumbers];
  }
}
