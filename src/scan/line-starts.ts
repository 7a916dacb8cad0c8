/** A place as in LSP: zero-based lines, UTF-16 characters. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Zero-based line of an offset, by the offsets at which lines start: 0 first, in order. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const mid = (low + high + 1) >> 1;
    if ((starts[mid] as number) <= offset) {
      low = mid;
    } else {
      high = mid - 1;
    }
  }
  return low;
}
