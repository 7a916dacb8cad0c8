/**
 * What a credential is, declaratively. One entry a credential type; the scanner, the fixes, the hovers and the
 * documentation all read the same entry, so that adding a provider touches one file.
 */

/** What the holder can do: critical moves funds, high trades or reads private data, medium spends paid quota or is the
 * public half of a pair, low reads free data. */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

export type Category =
  | 'exchange'
  | 'market-data'
  | 'rpc'
  | 'explorer'
  | 'wallet-key'
  | 'custody'
  | 'signing-service'
  | 'payments'
  | 'defi-tooling'
  | 'messaging-for-bots';

/** Which part of a credential the value is; the parts of one credential are grouped by it. */
export type Part = 'key' | 'secret' | 'passphrase' | 'token' | 'private-key' | 'phrase' | 'url' | 'id' | 'other';

/**
 * How much must stand around the value before it counts.
 * - `none`: the shape alone is enough (a distinctive prefix, or a checksum that proves it)
 * - `near`: exact shape, and a name, header, host, parameter or call of the provider beside it
 * - `own`: the shape says little; only this type's own name, header or parameter decides
 */
export type Need = 'none' | 'near' | 'own';

export interface Shape {
  /** Source of a linear-time regular expression (no look-around, no back-reference), without flags, unanchored. */
  readonly pattern: string;
  /** Shortest and longest match, in UTF-16 units. Every type has a finite maximum (4,096; PEM 16,384). */
  readonly min: number;
  readonly max: number;
  /** A character class such as `[0-9A-Za-z]`: no character of it may touch the match on either side. */
  readonly edge?: string;
  /** Literal with which every match begins, where there is one. */
  readonly prefix?: string;
  /** Name of the proof in `src/encodings/proof.ts` that a match must pass; failing it clears the match. */
  readonly proof?: string;
}

export interface CredentialType {
  /** Stable id, for example `binance-api-secret`. It is the rule id of findings. */
  readonly id: string;
  /** Name for people, for example `Coinbase Exchange`. */
  readonly provider: string;
  /** Normalised id shared by all API families of one company or protocol, for example `coinbase`. */
  readonly system: string;
  readonly category: Category;
  /** Short noun phrase: `API secret`, `extended private key`. */
  readonly what: string;
  readonly part: Part;
  readonly shape: Shape;
  readonly need: Need;
  /** Names of variables, fields and options that hold exactly this value, squashed: lower case, letters and digits only
   * (`binanceapisecret` for BINANCE_API_SECRET, binanceApiSecret, binance-api-secret). Never names of paths to it. */
  readonly names: readonly string[];
  /** Lower-case words that name the provider (`binance`, `python-binance`), squashed like names; no generic word. */
  readonly words: readonly string[];
  /** Host names (`api.binance.com`), lower case; a leading dot means any sub-domain. */
  readonly hosts: readonly string[];
  /** Request headers that carry this very value, lower case (`x-mbx-apikey`). Signature and nonce headers are left out. */
  readonly headers: readonly string[];
  /** Query parameters that carry this very value, as written. */
  readonly params: readonly string[];
  /** Functions and constructors whose argument is this very value, last segment squashed (`privatekeytoaccount`, `fromkey`). */
  readonly calls?: readonly string[];
  /** For a value inside a URL path or host: linear regex source with one capture group that is exactly the value. */
  readonly url?: string;
  /** Ids of the other parts of the same credential. */
  readonly pairedWith: readonly string[];
  readonly severity: Severity;
  /** Made to be public (publishable keys, project ids that ship in browsers). */
  readonly public?: true;
  /** Published, worthless values of this very shape (documentation examples, sandbox keys). */
  readonly publicValues?: readonly string[];
  /** Suggested environment variable. */
  readonly env: string;
  readonly facts: {
    readonly permissions?: string;
    readonly expiry?: string;
    readonly rotateUrl?: string;
    readonly rotateHow?: string;
    readonly docsUrl?: string;
    /** How well the shape is known. */
    readonly source: 'documented' | 'sdk-or-observed' | 'peer-detector' | 'memory' | 'unknown-shape';
  };
}
