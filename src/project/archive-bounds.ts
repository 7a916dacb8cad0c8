/** Bytes that can be read at any place. They hold until the next read. */
export interface ByteSource {
  readonly size: number;
  read(position: number, length: number): Uint8Array;
}

/** Takes the bytes of one member. */
export interface ByteSink {
  /** False when the rest is not needed. The bytes may be overwritten afterwards. */
  push(bytes: Uint8Array): boolean;
  end(): void;
}

/** How far a member may expand, once it is larger than that many bytes. */
const LARGEST_RATIO = 200;
const RATIO_FROM = 16 * 1024 ** 2;

/** Ends the reading of an archive; the message is for a person. */
export class ArchiveProblem extends Error {}

/** Compressed bytes that are expanded at a time: at the most extreme ratio they give 16 MB. */
export const PIECE = 16 * 1024;

/** Ends the reading of what expands as no text does. */
export function ratioBound(): { read(bytes: number): void; expanded(bytes: number): void } {
  let taken = 0;
  let given = 0;
  return {
    read: (bytes) => {
      taken += bytes;
    },
    expanded: (bytes) => {
      given += bytes;
      if (given > RATIO_FROM && given > taken * LARGEST_RATIO) {
        throw new ArchiveProblem(`it expands more than ${LARGEST_RATIO} times; the rest is not read`);
      }
    },
  };
}

/** What fflate throws for bytes that are no archive, and a field that points outside of them. */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof RangeError || (error instanceof Error && typeof (error as { code?: unknown }).code === 'number')
  );
}
