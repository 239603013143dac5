/** Bundles of entries as C2SP tlog-tiles has them: 256 entries beside each tile of leaf hashes. */

/** Longest entry that a bundle can hold. */
export const ENTRY_BYTES_MAX = 65_535;

/** A bundle of entries: each with its length before it, two bytes, big-endian. A longer entry than fits throws. */
export function entryBundle(entries: readonly Uint8Array[]): Uint8Array {
  const parts = entries.flatMap((entry) => {
    if (entry.byteLength > ENTRY_BYTES_MAX) throw new RangeError('an entry of a bundle has at most 65,535 bytes');
    return [Buffer.of(entry.byteLength >> 8, entry.byteLength & 0xff), entry];
  });
  return Buffer.concat(parts);
}

/** The entries of a bundle, or undefined where it is cut short. */
export function entriesOfBundle(bundle: Uint8Array): readonly Uint8Array[] | undefined {
  const bytes = Buffer.from(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 2 > bytes.length) return undefined;
    const end = at + 2 + bytes.readUInt16BE(at);
    if (end > bytes.length) return undefined;
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
}
