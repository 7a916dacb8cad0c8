import { Gunzip } from 'fflate';
import { ArchiveProblem, type ByteSink, type ByteSource, isDamage, PIECE, ratioBound } from './archive-bounds';
import { TarReader, tarSize } from './tar';
import { readZip } from './zip';

/** What an archive is read for. */
export interface ArchiveReading {
  /** A member that is no archive itself, by its path: `inner/a.txt`, or `inner.zip!a.txt` for one in an archive within. */
  open(path: string): ByteSink;
  /** Something that could not be read: a member, or with an empty path the archive. */
  problem(path: string, message: string): void;
}

export type ArchiveKind = 'zip' | 'gzip' | 'tar';

/** Bytes that all members of an archive may have, archives within counted with it. */
const LARGEST = 2 * 1024 ** 3;
/** Members of an archive, archives within counted with it. */
const MOST_MEMBERS = 200_000;
/** Archives within archives. */
const DEEPEST = 3;
/** A zip within an archive is held in memory, as its directory stands at its end: bytes. */
const LARGEST_INNER_ZIP = 64 * 1024 ** 2;
/** Bytes that say what a member is. */
const HEAD = 512;
const CHUNK = 64 * 1024;
/** Members below these folders are other people's code. */
const FOREIGN = /(?:^|\/)(?:node_modules|site-packages|__pycache__|\.git|\.venv)\//;

/** What archive begins with these bytes (512 for a tar), if one does. */
export function archiveKind(head: Uint8Array): ArchiveKind | undefined {
  if (head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))) {
    return 'zip';
  }
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) {
    return 'gzip';
  }
  return tarSize(head) === undefined ? undefined : 'tar';
}

/** Reads the members of an archive one after the other, within bounds of depth, size, number and ratio. Never throws for what it holds. */
export class ArchiveReader {
  #expanded = 0;
  #members = 0;

  constructor(readonly reading: ArchiveReading) {}

  /** Reads an archive that stands by itself; `name` is its file's. */
  read(source: ByteSource, kind: ArchiveKind, name: string): void {
    this.#guard('', () => {
      if (kind === 'zip') {
        this.#zip(source, '', 1);
        return;
      }
      const sink = this.#archiveSink(kind, '', name, 1);
      for (let at = 0; at < source.size; ) {
        const bytes = source.read(at, Math.min(CHUNK, source.size - at));
        at += bytes.length;
        if (bytes.length === 0 || !sink.push(bytes)) {
          break;
        }
      }
      sink.end();
    });
  }

  /** What goes wrong inside is told of `path` and is no one else's matter. */
  #guard(path: string, action: () => void): boolean {
    try {
      action();
      return true;
    } catch (error) {
      if (!(error instanceof ArchiveProblem) && !isDamage(error)) {
        throw error;
      }
      this.reading.problem(path, error instanceof ArchiveProblem ? error.message : 'it is damaged');
      return false;
    }
  }

  #zip(source: ByteSource, path: string, depth: number): void {
    readZip(source, {
      open: (member) => this.#member(path, member, depth),
      problem: (member, message) => this.reading.problem(joined(path, member), message),
    });
  }

  /** Where a member of the archive at `path` goes; undefined when it is not wanted. */
  #member(path: string, member: string, depth: number): ByteSink | undefined {
    if (++this.#members > MOST_MEMBERS) {
      throw new ArchiveProblem(`it has more than ${MOST_MEMBERS} members; the rest is not read`);
    }
    return FOREIGN.test(member) ? undefined : this.#sniffing(joined(path, member), depth);
  }

  /** Waits for the head of a member, which says whether it is an archive. */
  #sniffing(path: string, depth: number): ByteSink {
    let head = new Uint8Array(0);
    let sink: ByteSink | undefined;
    const decide = (): ByteSink => {
      const kind = archiveKind(head);
      if (kind === undefined) {
        sink = this.reading.open(path);
      } else if (depth >= DEEPEST) {
        this.reading.problem(path, `it is an archive in ${depth} others and is not read`);
        sink = { push: () => false, end: () => undefined };
      } else {
        sink = this.#guarded(path, this.#archiveSink(kind, path, path, depth + 1));
      }
      return sink;
    };
    return {
      push: (bytes) => {
        this.#expanded += bytes.length;
        if (this.#expanded > LARGEST) {
          throw new ArchiveProblem('its members have more than 2 GB; the rest is not read');
        }
        if (sink) {
          return sink.push(bytes);
        }
        head = concatenated(head, bytes);
        return head.length < HEAD || decide().push(head);
      },
      end: () => {
        if (!sink) {
          decide().push(head);
        }
        sink?.end();
      },
    };
  }

  /** An inner archive that is damaged does not end the outer one's reading. */
  #guarded(path: string, sink: ByteSink): ByteSink {
    let sound = true;
    return {
      push: (bytes) => {
        let more = false;
        sound &&= this.#guard(path, () => {
          more = sink.push(bytes);
        });
        return sound && more;
      },
      end: () => {
        if (sound) {
          this.#guard(path, () => sink.end());
        }
      },
    };
  }

  #archiveSink(kind: ArchiveKind, path: string, name: string, depth: number): ByteSink {
    switch (kind) {
      case 'tar':
        return new TarReader((member) => this.#member(path, member, depth));
      case 'gzip':
        return this.#gzipSink(path, name, depth);
      case 'zip':
        return this.#heldZip(path, depth);
    }
  }

  /** A gzip holds one text, or a tar: `a.tar.gz!member`, `a.log.gz!a.log`. */
  #gzipSink(path: string, name: string, depth: number): ByteSink {
    let inner: ByteSink | undefined;
    let head = new Uint8Array(0);
    let more = true;
    const bound = ratioBound();
    const begin = (): ByteSink => {
      const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('!')) + 1);
      inner =
        archiveKind(head) === 'tar'
          ? new TarReader((member) => this.#member(path, member, depth))
          : this.#member(path, base.replace(/\.gz$/i, '').replace(/\.tgz$/i, '.tar') || 'content', depth);
      return inner ?? { push: () => false, end: () => undefined };
    };
    /** Bytes of the gzip's present member, and the last ones read: a member ends with its length (RFC 1952, 2.3.1). */
    let length = 0;
    let last = new Uint8Array(0);
    const gunzip = new Gunzip((bytes) => {
      bound.expanded(bytes.length);
      length += bytes.length;
      if (inner) {
        more &&= inner.push(bytes);
      } else {
        head = concatenated(head, bytes);
        more &&= head.length < HEAD || begin().push(head);
      }
    });
    gunzip.onmember = () => {
      length = 0;
    };
    return {
      push: (bytes) => {
        last = concatenated(last, bytes.subarray(-4)).slice(-4);
        for (let at = 0; at < bytes.length && more; at += PIECE) {
          const piece = new Uint8Array(bytes.subarray(at, at + PIECE));
          bound.read(piece.length);
          gunzip.push(piece, false);
        }
        return more;
      },
      end: () => {
        if (more) {
          gunzip.push(new Uint8Array(0), true);
        }
        if (!inner) {
          begin().push(head);
        }
        inner?.end();
        if (more && (last.length < 4 || new DataView(last.buffer).getUint32(0, true) !== length % 2 ** 32)) {
          throw new ArchiveProblem('it is damaged');
        }
      },
    };
  }

  #heldZip(path: string, depth: number): ByteSink {
    const pieces: Uint8Array[] = [];
    let length = 0;
    return {
      push: (bytes) => {
        length += bytes.length;
        if (length > LARGEST_INNER_ZIP) {
          throw new ArchiveProblem('it is an archive of more than 64 MB in another one and is not read');
        }
        pieces.push(new Uint8Array(bytes));
        return true;
      },
      end: () => {
        const all = new Uint8Array(length);
        let at = 0;
        for (const piece of pieces) {
          all.set(piece, at);
          at += piece.length;
        }
        this.#zip({ size: length, read: (position, n) => all.subarray(position, position + n) }, path, depth);
      },
    };
  }
}

function joined(path: string, member: string): string {
  return path && member ? `${path}!${member}` : path || member;
}

function concatenated(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
