import type { TextChange } from './plan';

interface Region {
  /** Offsets in the original text. */
  start: number;
  end: number;
  /** Length of what stands there now. */
  length: number;
}

/** A text under edit that remembers, for each part that changed, where it stood in the original. */
export class EditedText {
  private current: string;
  /** Sorted, none touches another. */
  private regions: Region[] = [];

  constructor(original: string) {
    this.current = original;
  }

  get text(): string {
    return this.current;
  }

  /** Replaces `[start, end)` of the present text. */
  replace({ start, end, text }: TextChange): void {
    let delta = 0;
    const before: Region[] = [];
    const after: Region[] = [];
    const merged: Region = { start: -1, end: -1, length: 0 };
    let from = start;
    let to = end;
    let shift = 0;
    let shiftEnd = 0;
    let touched = false;
    for (const r of this.regions) {
      const at = r.start + delta;
      const till = at + r.length;
      delta += r.length - (r.end - r.start);
      if (till < start) {
        before.push(r);
        shift = delta;
      } else if (at > end) {
        after.push(r);
      } else {
        if (at <= from) {
          from = at;
          merged.start = r.start;
        }
        if (till >= to) {
          to = till;
          merged.end = r.end;
        }
        // What lies to the right of the last touching region is shifted by all regions up to it.
        shiftEnd = delta;
        touched = true;
      }
    }
    if (merged.start < 0) {
      merged.start = from - shift;
    }
    if (merged.end < 0) {
      merged.end = to - (touched ? shiftEnd : shift);
    }
    this.current = this.current.slice(0, start) + text + this.current.slice(end);
    merged.length = to - from - (end - start) + text.length;
    this.regions = [...before, merged, ...after];
  }

  /** The changes from the original text to the present one. */
  changes(): TextChange[] {
    let delta = 0;
    return this.regions.map((r) => {
      const at = r.start + delta;
      delta += r.length - (r.end - r.start);
      return { start: r.start, end: r.end, text: this.current.slice(at, at + r.length) };
    });
  }
}
