import type { Confidence, Finding, Reason, ScanOptions, ScanResult } from './finding';
import { applyDirectives, type Directive, noteOfEntry, type TextLines } from './ignore';
import { lineAt } from './line-starts';
import { finished, type RawFinding, retyped } from './raw-finding';

/** Parts of one credential stand no farther apart than this many characters. */
const PAIR_SPAN = 1200;

/** Of overlapping findings the better-founded one stays; of equals the longer. */
function withoutOverlaps(raws: readonly RawFinding[]): RawFinding[] {
  const sorted = [...raws].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: RawFinding[] = [];
  for (const raw of sorted) {
    let last = kept.at(-1);
    let lost = false;
    while (last && last.end > raw.start) {
      if (rank(raw) > rank(last)) {
        kept.pop();
        last = kept.at(-1);
      } else {
        lost = true;
        break;
      }
    }
    if (!lost) {
      kept.push(raw);
    }
  }
  return kept;
}

function rank(raw: RawFinding): number {
  return (
    raw.score +
    (raw.why.includes('checksum') ? 40 : 0) +
    Math.min(20, (raw.end - raw.start) / 10) -
    (raw.needsPair ? 60 : 0)
  );
}

function areParts(a: RawFinding, b: RawFinding): boolean {
  if (a.type.pairedWith.includes(b.type.id) || b.type.pairedWith.includes(a.type.id)) {
    return true;
  }
  return (
    a.type.system === b.type.system && a.type.system === 'ccxt' && a.type.id !== b.type.id && a.holder === b.holder
  );
}

/** Where the shape leaves a choice (a PEM key is one of many), the other half of a pair that stands near decides. */
function chosenByPair(raws: readonly RawFinding[]): RawFinding[] {
  return raws.map((raw) => {
    const near = raw.others
      ? raws.filter((o) => o !== raw && Math.abs(o.start - raw.start) < PAIR_SPAN + (raw.end - raw.start))
      : [];
    const type = raw.others?.find((t) => near.some((o) => o.type.pairedWith.includes(t.id)));
    return type && type !== raw.type && !near.some((o) => o.type.pairedWith.includes(raw.type.id))
      ? retyped(raw, type)
      : raw;
  });
}

interface Grouped {
  readonly raw: RawFinding;
  group?: number;
  paired: boolean;
}

/** Groups key, secret and passphrase: each part joins the nearest earlier group that lacks its kind. */
function grouped(raws: readonly RawFinding[]): Grouped[] {
  const list: Grouped[] = raws.map((raw) => ({ raw, paired: false }));
  const groups: Grouped[][] = [];
  let near: Grouped[][] = [];
  for (const item of list) {
    near = near.filter((group) => item.raw.start - (group.at(-1) as Grouped).raw.end <= PAIR_SPAN);
    let home: Grouped[] | undefined;
    for (let g = near.length - 1; g >= 0 && !home; g--) {
      const group = near[g] as Grouped[];
      const fits =
        group.some((x) => areParts(x.raw, item.raw)) && !group.some((x) => x.raw.type.id === item.raw.type.id);
      if (fits) {
        home = group;
      }
    }
    if (home) {
      home.push(item);
      for (const x of home) {
        x.paired = true;
      }
    } else {
      const group = [item];
      groups.push(group);
      near.push(group);
    }
  }
  let n = 0;
  for (const group of groups) {
    if (group.length > 1) {
      n++;
      for (const item of group) {
        item.group = n;
      }
    }
  }
  return list;
}

/** The lines of a whole text; line starts are read once, when first asked for. */
export function textLines(text: string): TextLines {
  let starts: number[] | undefined;
  return {
    length: text.length,
    lineEnd: (offset) => {
      const at = text.indexOf('\n', offset);
      return at < 0 ? text.length : at;
    },
    lineAt: (offset) => {
      if (!starts) {
        starts = [0];
        for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
          starts.push(i + 1);
        }
      }
      return lineAt(starts, offset);
    },
  };
}

/** Puts the findings of a text together: overlaps, pairs, overrides, ignores. The lines are asked for only when there
 * are ignore directives. */
export function compose(
  lines: () => TextLines,
  raws: readonly RawFinding[],
  directives: readonly Directive[],
  options: ScanOptions,
): ScanResult {
  const findings: Finding[] = [];
  for (const item of grouped(chosenByPair(withoutOverlaps(raws)))) {
    const { raw } = item;
    if ((raw.needsPair && !item.paired) || options.severities?.[raw.type.id] === 'off') {
      continue;
    }
    if (raw.fingerprint && options.allowed?.has(raw.fingerprint)) {
      continue;
    }
    const pairProves = item.paired && raw.type.part !== 'id' && raw.confidence !== 'possible';
    const confidence: Confidence =
      raw.confidence === 'certain' || pairProves ? 'certain' : item.paired ? 'likely' : raw.confidence;
    const why: Reason[] = item.paired && !raw.why.includes('pair') ? ['pair', ...raw.why] : [...raw.why];
    findings.push(
      finished(raw, options, {
        confidence,
        why,
        ...(item.group === undefined ? {} : { group: `${raw.type.system}-${item.group}` }),
      }),
    );
  }
  const entries = options.ignoreEntries ?? [];
  if (directives.length === 0 && entries.length === 0) {
    return { findings, staleIgnores: [] };
  }
  const { notes, stale } = applyDirectives(
    directives.length > 0 ? lines() : textLines(''),
    directives,
    findings,
    options,
  );
  const shown: Finding[] = [];
  findings.forEach((f, i) => {
    const note = notes[i] ?? noteOfEntry(entries, f, options.today);
    if (!note) {
      shown.push(f);
    } else if (options.showIgnored) {
      shown.push({ ...f, ignored: note });
    }
  });
  return { findings: shown, staleIgnores: stale };
}
