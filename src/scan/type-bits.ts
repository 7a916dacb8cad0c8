/** A set of types, as bits by their place in the index. */
export type TypeBits = Int32Array;

/** Whether two sets have a type in common. */
export function meet(a: TypeBits, b: TypeBits): boolean {
  for (let i = 0; i < a.length; i++) {
    if (((a[i] as number) & (b[i] as number)) !== 0) {
      return true;
    }
  }
  return false;
}

/** Adds the type at this place of the index to a set. */
export function raise(bits: TypeBits, place: number): void {
  bits[place >> 5] = (bits[place >> 5] as number) | (1 << (place & 31));
}

/** Adds the types of `more` to a set. */
export function join(bits: TypeBits, more: TypeBits): void {
  for (let i = 0; i < bits.length; i++) {
    bits[i] = (bits[i] as number) | (more[i] as number);
  }
}
