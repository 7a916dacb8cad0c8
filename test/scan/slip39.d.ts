declare module 'slip39' {
  /** The part that the tests use. */
  const slip39: {
    fromArray(
      masterSecret: readonly number[],
      options: {
        readonly threshold: number;
        readonly groups: readonly (readonly [threshold: number, shares: number, name: string])[];
        readonly iterationExponent: number;
      },
    ): { fromPath(path: string): { readonly mnemonics: readonly [string, ...string[]] } };
  };
  export default slip39;
}
