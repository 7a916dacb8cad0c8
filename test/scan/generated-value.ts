import type { CredentialType } from '../../src/catalog/credential-type';
import { prove } from '../../src/encodings/proof';
import { isStandIn } from '../../src/scan/placeholders';

/** A generator that can be repeated: the same seed gives the same values. Numbers in `[0, 1)`. */
export type Dice = () => number;

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<T>(list: readonly T[], roll: Dice): T {
  return list[Math.floor(roll() * list.length)] as T;
}

const ASCII = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i));
/** What stands in for "any character": nothing that a syntax around it would have to escape. */
const HARMLESS = ASCII.filter((c) => /[A-Za-z0-9_!*-]/.test(c));
const CLASSES: Readonly<Record<string, readonly string[]>> = {
  d: ASCII.filter((c) => /\d/.test(c)),
  w: ASCII.filter((c) => /\w/.test(c)),
  S: HARMLESS,
  s: [' '],
};

/** Writes a random match of a catalog's expression: classes, groups, alternatives and repeats are all that they use. */
class Writer {
  #at = 0;

  constructor(
    readonly pattern: string,
    readonly roll: Dice,
    /** How far a repeat goes beyond its least. */
    readonly stretch: number,
  ) {}

  write(): string {
    const branches: string[] = [];
    do {
      branches.push(this.#sequence());
    } while (this.pattern[this.#at++] === '|');
    return pick(branches, this.roll);
  }

  #sequence(): string {
    let out = '';
    while (this.#at < this.pattern.length && this.pattern[this.#at] !== '|' && this.pattern[this.#at] !== ')') {
      const from = this.#at;
      const first = this.#atom();
      const after = this.#at;
      const [low, high] = this.#repeat();
      const resume = this.#at;
      const n = low + Math.floor(this.roll() * (Math.min(high, low + this.stretch) - low + 1));
      for (let i = 0; i < n; i++) {
        if (i === 0) {
          out += first;
        } else {
          this.#at = from;
          out += this.#atom();
        }
      }
      this.#at = Math.max(after, resume);
    }
    return out;
  }

  #atom(): string {
    const c = this.pattern[this.#at++] as string;
    if (c === '(') {
      if (this.pattern.startsWith('?:', this.#at)) {
        this.#at += 2;
      }
      const out = this.write();
      return out;
    }
    if (c === '[') {
      return pick(this.#class(), this.roll);
    }
    if (c === '\\') {
      const e = this.pattern[this.#at++] as string;
      return CLASSES[e] ? pick(CLASSES[e], this.roll) : e;
    }
    return c === '.' ? pick(HARMLESS, this.roll) : c;
  }

  #class(): readonly string[] {
    const negated = this.pattern[this.#at] === '^';
    this.#at += negated ? 1 : 0;
    const set: string[] = [];
    for (let first = true; first || this.pattern[this.#at] !== ']'; first = false) {
      let c = this.pattern[this.#at++] as string;
      if (c === '\\') {
        c = this.pattern[this.#at++] as string;
        if (CLASSES[c]) {
          set.push(...(CLASSES[c] as readonly string[]));
          continue;
        }
      }
      if (this.pattern[this.#at] === '-' && this.pattern[this.#at + 1] !== ']') {
        const last = this.pattern[this.#at + 1] as string;
        this.#at += 2;
        for (let code = c.charCodeAt(0); code <= last.charCodeAt(0); code++) {
          set.push(String.fromCharCode(code));
        }
      } else {
        set.push(c);
      }
    }
    this.#at++;
    const whole = negated ? HARMLESS.filter((c) => !set.includes(c)) : set;
    if (whole.length > 80) {
      return HARMLESS;
    }
    // The class of a shape that is not known well allows more than any one issuer writes.
    const isUnsure = whole.includes('=') && whole.includes('.');
    return isUnsure
      ? whole.filter((c) => /[A-Za-z0-9_-]/.test(c))
      : whole.length > 60
        ? whole.filter((c) => c !== '=')
        : whole;
  }

  #repeat(): readonly [number, number] {
    const m = /^(?:\{(\d+)(?:(,)(\d*))?\}|([?*+]))\??/.exec(this.pattern.slice(this.#at));
    if (!m) {
      return [1, 1];
    }
    this.#at += m[0].length;
    if (m[4]) {
      return m[4] === '?' ? [0, 1] : [m[4] === '+' ? 1 : 0, 64];
    }
    const low = Number(m[1]);
    return [low, m[2] ? (m[3] ? Number(m[3]) : low + 64) : low];
  }
}

/** A random value of the type's shape; undefined where its proof asks for more than a shape. */
export function generatedValue(type: CredentialType, roll: Dice): string | undefined {
  const { shape } = type;
  const whole = new RegExp(`^(?:${shape.pattern})$`);
  for (let attempt = 0; attempt < 40; attempt++) {
    const value = new Writer(shape.pattern, roll, 12).write();
    const fits = value.length >= Math.max(shape.min, 6) && value.length <= shape.max && whole.test(value);
    if (
      fits &&
      /\d/.test(value) &&
      !/[.:~]$/.test(value) &&
      !isStandIn(value) &&
      (!shape.proof || prove(shape.proof, value)?.ok)
    ) {
      return value;
    }
  }
  return undefined;
}
