import { blobPieces } from '../project/node-git-blobs';
import type { BlobOutcome } from '../project/node-history-progress';
import { type ContentScan, held, TextSink } from './content-scan';

/** A blob of git to scan. */
export interface BlobTask {
  readonly oid: string;
  /** Bytes. */
  readonly size: number;
  /** What reports call it. */
  readonly name: string;
}

/** Blobs of one repository. */
export interface BlobList {
  readonly root: string;
  readonly blobs: readonly BlobTask[];
}

/** Larger blobs are scanned as they come, in windows, and not looked into when they are archives: bytes. */
const LARGEST_HELD = 64 * 1024 * 1024;

/** Scans the blobs of a list and says what each is; findings say of which blob they are. One of which anything is told is `found`. */
export async function scanBlobs({ root, blobs }: BlobList, contents: ContentScan): Promise<Map<string, BlobOutcome>> {
  const outcomes = new Map<string, BlobOutcome>();
  const { tally } = contents;
  const byOid = new Map(blobs.map((b) => [b.oid, b]));
  let blob: BlobTask | undefined;
  let pieces: Uint8Array[] = [];
  let left = 0;
  let sink: TextSink | undefined;
  const finish = () => {
    const before = tally.findings.length;
    const told = () => tally.findings.length + tally.errors.length + tally.stale.length;
    const toldBefore = told();
    const skippedBefore = tally.skipped;
    if (sink) {
      sink.end();
    } else if (blob) {
      const bytes = pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces);
      contents.scan(held(bytes), blob.name, false);
    }
    for (let i = before; blob && i < tally.findings.length; i++) {
      const finding = tally.findings[i];
      if (finding) {
        tally.findings[i] = { ...finding, blob: blob.oid };
      }
    }
    if (blob) {
      const binary = tally.skipped > skippedBefore;
      outcomes.set(blob.oid, told() > toldBefore ? 'found' : binary ? 'binary' : 'clean');
    }
    blob = undefined;
    sink = undefined;
    pieces = [];
  };
  const ids = blobs.map((b) => b.oid);
  for await (const piece of blobPieces(root, ids)) {
    if (piece instanceof Uint8Array) {
      left -= piece.length;
      if (sink) {
        sink.push(piece);
      } else {
        pieces.push(piece);
      }
    } else {
      blob = byOid.get(piece.oid);
      left = piece.size ?? 0;
      if (piece.size === undefined) {
        tally.errors.push({ file: blob?.name ?? piece.oid, message: 'git does not hold this version of it' });
        blob = undefined;
        continue;
      }
      sink = piece.size > LARGEST_HELD && blob ? new TextSink(contents, blob.name, blob.name, false) : undefined;
    }
    if (left === 0) {
      finish();
    }
  }
  return outcomes;
}
