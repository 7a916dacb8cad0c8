import fs from 'node:fs';
import path from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Severity } from '../catalog/credential-type';
import type { Paint } from '../report/findings-text';
import type { Confidence } from '../scan/finding';
import { type Io, UsageError } from './io';

export type Options = NonNullable<ParseArgsConfig['options']>;

/** Options that every command has. */
export const common = {
  format: { type: 'string' },
  output: { type: 'string' },
  config: { type: 'string' },
  quiet: { type: 'boolean' },
  'no-color': { type: 'boolean' },
} as const satisfies Options;

/** Parses arguments; what is wrong is said in one line. */
export function parsed<T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new UsageError(text.replace(/\. To specify.*$/s, '.').replace(/^./, (c) => c.toLowerCase()));
  }
}

/** One of a list of words, or a clear refusal. */
export function oneOf<T extends string>(name: string, value: string | undefined, words: readonly T[], fallback: T): T {
  if (value === undefined) {
    return fallback;
  }
  if (!words.includes(value as T)) {
    throw new UsageError(`${name} must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}; found "${value}".`);
  }
  return value as T;
}

export const failLevels = ['critical', 'high', 'medium', 'low', 'never'] as const;
export type FailLevel = (typeof failLevels)[number];
const RANK: Readonly<Record<string, number>> = { low: 1, medium: 2, high: 3, critical: 4, never: 5 };

/** Whether a severity reaches a level. */
export function reaches(severity: Severity, level: FailLevel): boolean {
  return (RANK[severity] ?? 0) >= (RANK[level] ?? 5);
}

const SURE: Readonly<Record<Confidence, number>> = { possible: 1, likely: 2, certain: 3 };

/** Whether a confidence reaches another. */
export function isSure(confidence: Confidence, least: Confidence): boolean {
  return SURE[confidence] >= SURE[least];
}

/** Writes a result to standard output or, whole, to a file. */
export function deliver(io: Io, text: string, output: string | undefined): void {
  if (!output) {
    io.out(text);
    return;
  }
  writeWhole(io, text, '--output', output);
}

/** Writes a file whole or not at all; `option` is what named it. */
export function writeWhole(io: Io, content: string | Uint8Array, option: string, file: string): void {
  const target = path.resolve(io.cwd, file);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(temporary, content);
    fs.renameSync(temporary, target);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw new UsageError(
      `${option} ${file}: it could not be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`,
    );
  }
}

const CODES: Readonly<Record<string, string>> = {
  critical: '1;31',
  high: '31',
  medium: '33',
  low: '34',
  dim: '2',
  bold: '1',
  good: '32',
};

/** Colours, where the terminal has them and nobody asked for none. */
export function painter(io: Io, noColour: boolean | undefined): Paint {
  return io.colour && !noColour ? (style, text) => `\u001b[${CODES[style]}m${text}\u001b[0m` : (_style, text) => text;
}

/** Today in UTC, YYYY-MM-DD. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
