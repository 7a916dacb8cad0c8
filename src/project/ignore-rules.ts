import ignore, { type Ignore } from 'ignore';

/** The ignore files of a project, by folder, each deciding over what lies below it; the nearest has the last word. */
export class IgnoreRules {
  readonly #rules: { readonly folder: string; readonly rules: Ignore; readonly text: string }[];

  /** `texts`: text of each `.gitignore` by its folder (empty for the root, else without a trailing slash). */
  constructor(texts: ReadonlyMap<string, string>) {
    this.#rules = [...texts]
      .map(([folder, text]) => ({ folder, rules: ignore().add(text), text }))
      .sort((a, b) => a.folder.length - b.folder.length);
  }

  /** Whether a file, or a folder that holds it, is ignored. */
  ignores(file: string): boolean {
    const parts = file.split('/');
    for (let i = 1; i <= parts.length; i++) {
      const here = parts.slice(0, i).join('/') + (i < parts.length ? '/' : '');
      if (this.#verdict(here)) {
        return true;
      }
    }
    return false;
  }

  /** The line that ignores a file: the folder of its ignore file, and the line's number from zero. */
  ruleOf(file: string): { readonly folder: string; readonly line: number } | undefined {
    for (const { folder, rules, text } of this.#rules.toReversed()) {
      if (folder !== '' && !file.startsWith(`${folder}/`)) {
        continue;
      }
      const { rule, ignored } = rules.test(folder === '' ? file : file.slice(folder.length + 1));
      const line = rule && ignored ? text.split(/\r?\n/).findLastIndex((l) => l.trimEnd() === rule.pattern) : -1;
      if (line >= 0) {
        return { folder, line };
      }
    }
    return undefined;
  }

  #verdict(file: string): boolean {
    let ignored = false;
    for (const { folder, rules } of this.#rules) {
      if (folder !== '' && !file.startsWith(`${folder}/`)) {
        continue;
      }
      const relative = folder === '' ? file : file.slice(folder.length + 1);
      if (relative === '') {
        continue;
      }
      const test = rules.test(relative);
      ignored = test.ignored || (ignored && !test.unignored);
    }
    return ignored;
  }
}
