import type { Finding } from './finding';

/** Counts each rule and value of texts, so that what a change only moved is told from what it brought. */
export class KnownValues {
  readonly #counts = new Map<string, number>();

  add(text: string, findings: readonly Finding[]): void {
    for (const f of findings) {
      const key = `${f.ruleId}\0${text.slice(f.start, f.end)}`;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }

  /** Takes one away; false when there is none left. */
  take(text: string, f: Finding): boolean {
    const key = `${f.ruleId}\0${text.slice(f.start, f.end)}`;
    const n = this.#counts.get(key) ?? 0;
    this.#counts.set(key, n - 1);
    return n > 0;
  }
}
