/** Something that could not be read; never fatal. */
export interface ReadProblem {
  readonly file: string;
  readonly message: string;
}

/** Why a file could not be read, for a person. */
export function problemOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'no permission to read it';
    case 'ENOENT':
      return 'it vanished while being read';
    case 'ELOOP':
      return 'its links form a loop';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open';
    case 'ENXIO':
      return 'it is no regular file';
    default:
      return `it could not be read (${code ?? 'unknown error'})`;
  }
}
