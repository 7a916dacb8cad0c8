import { ArchiveReader, archiveKind } from './archive';
import { FileReader } from './node-reader';

/** An editor opens no larger texts: bytes. */
const LARGEST = 16 * 1024 ** 2;

/** Bytes of one member of an archive, by its path (`inner.zip!a.txt` for one in an archive within); undefined where there is none. */
export function archiveMember(file: string, member: string): Uint8Array | undefined {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let found = false;
  new FileReader().open(file, (source) => {
    const kind = archiveKind(source.read(0, 512));
    if (!kind) {
      return;
    }
    new ArchiveReader({
      open: (path) => ({
        push: (bytes) => {
          const wanted = path === member && length + bytes.length <= LARGEST;
          if (wanted) {
            found = true;
            length += bytes.length;
            pieces.push(new Uint8Array(bytes));
          }
          return wanted;
        },
        end: () => undefined,
      }),
      problem: () => undefined,
    }).read(source, kind, file.replaceAll('\\', '/'));
  });
  return found ? Buffer.concat(pieces) : undefined;
}
