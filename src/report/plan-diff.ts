import { createTwoFilesPatch } from 'diff';
import { readEnvFile } from '../remedy/env-file';
import { scanText } from '../scan/scan';

/** A text with every credential in it, and every value of an env file, replaced by what may be shown. */
export function maskedText(text: string, file: string, values: readonly string[], isEnv: boolean): string {
  let out = text;
  if (isEnv) {
    let at = 0;
    let masked = '';
    for (const e of readEnvFile(text)) {
      if (e.value) {
        masked += `${text.slice(at, e.start)}${e.name}=… (${e.value.length} characters)`;
        at = e.end;
      }
    }
    out = masked + text.slice(at);
  } else {
    let at = 0;
    let masked = '';
    for (const f of scanText(text, { fileName: file, showIgnored: true }).findings) {
      masked += text.slice(at, f.start) + f.redacted;
      at = f.end;
    }
    out = masked + text.slice(at);
  }
  for (const value of values) {
    out = out.replaceAll(value, '…');
  }
  return out;
}

/** A unified diff of one file without a value in it. `before` undefined: the file is new. */
export function maskedDiff(
  file: string,
  before: string | undefined,
  after: string,
  values: readonly string[],
  isEnv: boolean,
): string {
  const from = before === undefined ? '/dev/null' : `a/${file}`;
  const patch = createTwoFilesPatch(
    from,
    `b/${file}`,
    maskedText(before ?? '', file, values, isEnv),
    maskedText(after, file, values, isEnv),
    '',
    '',
    { context: 3 },
  );
  return patch.replace(/^=+\n/, '').replace(/^(---|\+\+\+) (\S+)\t$/gm, '$1 $2');
}
