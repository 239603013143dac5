/**
 * The port of the log's signing key: a file, a hardware token or another vault. The key signs checkpoints and nothing
 * else, so that no signature of it can be taken for one.
 */
export interface Signer {
  /** Name of the key in a note's signature line; for a log, its origin. */
  readonly name: string;
  /** Ed25519, 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array;
  /** Signature of these bytes, 64 bytes. Rejects where the key cannot be reached. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}
