/** What the search for named values asks of names. */
export interface Naming {
  /** Whether a name by itself can lead to a credential. */
  readonly telling: (name: string) => boolean;
  /** Whether a name that means one stands before the value at `[start, end)`, in whatever form. */
  readonly deciding: (start: number, end: number) => boolean;
  /** Whether an argument after a comma may be a passphrase: it stands after a key and a secret. */
  readonly following: (start: number, end: number) => boolean;
}
