/** What a checksum, a pair or a parse says about a value. */
export interface Proof {
  /** False: the value is not that credential. */
  readonly ok: boolean;
  /** Bits of evidence: a random look-alike of the same shape passes once in 2^bits. 32 for base58check, 256 for a key
   * pair, 4 for a 12-word BIP-39 phrase, 0 for a range check. */
  readonly bits: number;
  /** Public address that belongs to the key, where it can be derived offline. */
  readonly address?: { readonly chain: string; readonly value: string };
  /** The value is itself encrypted (BIP-38, keystore). */
  readonly encrypted?: true;
  /** More exact name of what was found ("P-256 private key"), where the proof tells. */
  readonly kind?: string;
}
