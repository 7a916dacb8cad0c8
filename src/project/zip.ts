import { Inflate } from 'fflate';
import { ArchiveProblem, type ByteSink, type ByteSource, isDamage, PIECE, ratioBound } from './archive-bounds';

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record with the longest comment. */
const LONGEST_END = 22 + 65_535;
/** The list of members is held in memory: bytes. */
const LARGEST_DIRECTORY = 64 * 1024 ** 2;
const MAX_32 = 0xffffffff;

interface Member {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  /** Compressed bytes. */
  readonly size: number;
  readonly offset: number;
}

interface Directory {
  readonly bytes: Uint8Array;
  /** Bytes before the zip itself, which self-extracting ones have. */
  readonly base: number;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function number64(data: DataView, at: number): number {
  return data.getUint32(at + 4, true) * 2 ** 32 + data.getUint32(at, true);
}

/** PKWARE's APPNOTE.TXT, 4.3: the end record leads to the central directory. */
function directoryOf(source: ByteSource): Directory {
  const from = Math.max(0, source.size - LONGEST_END);
  const tail = new Uint8Array(source.read(from, source.size - from));
  const data = view(tail);
  let at = tail.length - 22;
  while (at >= 0 && data.getUint32(at, true) !== END) {
    at--;
  }
  if (at < 0) {
    throw new ArchiveProblem('it is damaged: its directory is missing');
  }
  let size = data.getUint32(at + 12, true);
  let offset = data.getUint32(at + 16, true);
  let end = from + at;
  if ((size === MAX_32 || offset === MAX_32) && at >= 20 && data.getUint32(at - 20, true) === LOCATOR_64) {
    const place = number64(data, at - 12);
    const record = view(new Uint8Array(source.read(place, 56)));
    if (record.byteLength === 56 && record.getUint32(0, true) === END_64) {
      size = number64(record, 40);
      offset = number64(record, 48);
      end = place;
    }
  }
  const base = end - size - offset;
  if (base < 0 || size > LARGEST_DIRECTORY) {
    throw new ArchiveProblem(base < 0 ? 'it is damaged' : 'its directory is too large to be read');
  }
  return { bytes: new Uint8Array(source.read(base + offset, size)), base };
}

function* membersOf({ bytes, base }: Directory): Generator<Member> {
  const data = view(bytes);
  for (let at = 0; at + 46 <= bytes.length && data.getUint32(at, true) === ENTRY; ) {
    const nameLength = data.getUint16(at + 28, true);
    const extraLength = data.getUint16(at + 30, true);
    const name = bytes.subarray(at + 46, at + 46 + nameLength);
    let size = data.getUint32(at + 20, true);
    let offset = data.getUint32(at + 42, true);
    const isLarge = data.getUint32(at + 24, true) === MAX_32;
    const extraEnd = at + 46 + nameLength + extraLength;
    for (let x = at + 46 + nameLength; x + 4 <= extraEnd; x += 4 + data.getUint16(x + 2, true)) {
      if (data.getUint16(x, true) === 1) {
        let field = x + 4 + (isLarge ? 8 : 0);
        if (size === MAX_32 && field + 8 <= extraEnd) {
          size = number64(data, field);
          field += 8;
        }
        if (offset === MAX_32 && field + 8 <= extraEnd) {
          offset = number64(data, field);
        }
      }
    }
    yield {
      name: new TextDecoder()
        .decode(name)
        .replaceAll('\\', '/')
        .replaceAll('\0', '')
        .replace(/^(?:\.?\/)+/, ''),
      flags: data.getUint16(at + 8, true),
      method: data.getUint16(at + 10, true),
      size,
      offset: base + offset,
    };
    at = extraEnd + data.getUint16(at + 32, true);
  }
}

/** Reads the members of a zip. */
export function readZip(
  source: ByteSource,
  { open, problem }: { open(path: string): ByteSink | undefined; problem(path: string, message: string): void },
): void {
  for (const member of membersOf(directoryOf(source))) {
    if (member.name === '' || member.name.endsWith('/')) {
      continue;
    }
    const why =
      member.flags & 1
        ? 'it is encrypted'
        : member.method !== 0 && member.method !== 8
          ? `its compression (method ${member.method}) is not known`
          : undefined;
    if (why) {
      problem(member.name, why);
      continue;
    }
    const sink = open(member.name);
    if (sink) {
      expand(source, member, sink, (message) => problem(member.name, message));
    }
  }
}

/** Reads one member; a damaged one is told of, and the next is read. */
function expand(source: ByteSource, member: Member, sink: ByteSink, problem: (message: string) => void): void {
  const head = view(source.read(member.offset, 30));
  if (head.byteLength < 30 || head.getUint32(0, true) !== LOCAL) {
    problem('it is damaged');
    return;
  }
  const from = member.offset + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const bound = ratioBound();
  let more = true;
  const inflate = new Inflate((bytes) => {
    bound.expanded(bytes.length);
    more &&= sink.push(bytes);
  });
  for (let done = 0; done < member.size && more; ) {
    const bytes = source.read(from + done, Math.min(PIECE, member.size - done));
    if (bytes.length === 0) {
      problem('it is damaged: its end is missing');
      return;
    }
    done += bytes.length;
    bound.read(bytes.length);
    try {
      if (member.method === 0) {
        more = sink.push(bytes);
      } else {
        inflate.push(new Uint8Array(bytes), done >= member.size);
      }
    } catch (error) {
      if (isDamage(error)) {
        problem('it is damaged');
        return;
      }
      if (error instanceof ArchiveProblem && error.message.startsWith('it expands')) {
        problem(error.message);
        return;
      }
      throw error;
    }
  }
  sink.end();
}
