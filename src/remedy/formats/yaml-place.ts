import { type Document, isAlias, isCollection, isMap, isPair, isScalar, parseAllDocuments, Scalar } from 'yaml';
import type { Finding } from '../../scan/finding';
import { say } from '../../words/say';
import type { Refusal, TextChange } from '../plan';

/** The scalar of a YAML text in which a value stands. */
export interface YamlPlace {
  /** Keys and indexes from the document's root. */
  readonly path: readonly (string | number)[];
  /** The scalar as written, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly style: 'plain' | 'single' | 'double' | 'block';
  /** The value is all that the scalar says. */
  readonly whole: boolean;
  /** Inside `{}` or `[]`. */
  readonly flow: boolean;
  readonly document: Document.Parsed;
}

export const unreadable: Refusal = {
  refused: say('The file does not parse as YAML here.'),
  wayOut: say('Mend it, or move the value by hand.'),
};

const STYLE: Readonly<Record<string, YamlPlace['style']>> = {
  [Scalar.PLAIN]: 'plain',
  [Scalar.QUOTE_SINGLE]: 'single',
  [Scalar.QUOTE_DOUBLE]: 'double',
  [Scalar.BLOCK_FOLDED]: 'block',
  [Scalar.BLOCK_LITERAL]: 'block',
};

interface Parsed {
  readonly text: string;
  readonly documents: readonly Document.Parsed[];
}

/** The text that was read last: one plan asks for many places of it. Held weakly, for it holds values. */
let last: WeakRef<Parsed> | undefined;

function parsed(text: string): readonly Document.Parsed[] {
  const known = last?.deref();
  if (known?.text === text) {
    return known.documents;
  }
  let documents: Document.Parsed[] = [];
  try {
    documents = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false }) as Document.Parsed[];
  } catch {
    // No YAML: no place in it either.
  }
  last = new WeakRef({ text, documents });
  return documents;
}

/** Finds the scalar that holds a finding; undefined in a comment, in a key, or where the text doesn't parse. */
export function yamlPlace(text: string, finding: Pick<Finding, 'start' | 'end'>): YamlPlace | undefined {
  const documents = parsed(text);
  for (const document of documents) {
    if (!covers(document.range, finding) || document.errors.length > 0) {
      continue;
    }
    const found = scalarAt(document.contents, finding, [], false);
    if (found) {
      const [start, end] = found.node.range as [number, number, number];
      const style = STYLE[found.node.type ?? Scalar.PLAIN] ?? 'plain';
      const value = String(found.node.source ?? found.node.value).trim();
      return {
        path: found.path,
        start,
        end,
        style,
        whole: value.length > 0 && text.slice(finding.start, finding.end).trim() === value,
        flow: found.flow,
        document,
      };
    }
  }
  return undefined;
}

interface Found {
  readonly node: Scalar;
  readonly path: (string | number)[];
  readonly flow: boolean;
}

const covers = (range: readonly number[] | null | undefined, f: Pick<Finding, 'start' | 'end'>) =>
  range !== null &&
  range !== undefined &&
  (range[0] as number) <= f.start &&
  f.end <= (range[2] ?? (range[1] as number));

function scalarAt(
  node: unknown,
  finding: Pick<Finding, 'start' | 'end'>,
  path: (string | number)[],
  flow: boolean,
): Found | undefined {
  if (isScalar(node)) {
    const range = node.range;
    return range && range[0] <= finding.start && finding.end <= range[1] ? { node, path, flow } : undefined;
  }
  if (!isCollection(node) || isAlias(node)) {
    return undefined;
  }
  const inFlow = flow || node.flow === true;
  for (const [i, item] of node.items.entries()) {
    if (isPair(item)) {
      const key = isScalar(item.key) ? String(item.key.value) : i;
      const found = scalarAt(item.value, finding, [...path, key], inFlow);
      if (found) {
        return found;
      }
    } else {
      const found = scalarAt(item, finding, [...path, i], inFlow);
      if (found) {
        return found;
      }
    }
  }
  return undefined;
}

/** Replaces the value's characters by `put`, in the scalar's own quotes; a plain scalar gets quotes where it needs them. */
export function spliced(
  text: string,
  place: YamlPlace,
  finding: Pick<Finding, 'start' | 'end'>,
  put: string,
): TextChange {
  const { start, end } = finding;
  switch (place.style) {
    case 'single':
      return { start, end, text: put.replaceAll("'", "''") };
    case 'double':
      return { start, end, text: put.replaceAll('\\', '\\\\').replaceAll('"', '\\"') };
    case 'block':
      return { start, end, text: put };
    case 'plain': {
      const content = text.slice(place.start, start) + put + text.slice(end, place.end);
      if (isPlain(content, place.flow)) {
        return { start, end, text: put };
      }
      return {
        start: place.start,
        end: place.end,
        text: content.includes('"') ? `'${content.replaceAll("'", "''")}'` : `"${content.replaceAll('\\', '\\\\')}"`,
      };
    }
  }
}

function isPlain(content: string, flow: boolean): boolean {
  try {
    const [document] = parseAllDocuments(flow ? `[${content}]` : `k: ${content}`) as Document.Parsed[];
    const holder = document?.errors.length === 0 ? document.contents : undefined;
    const value = flow
      ? isCollection(holder) && holder.items.length === 1 && holder.items[0]
      : isMap(holder) && holder.get('k', true);
    return isScalar(value) && value.value === content;
  } catch {
    return false;
  }
}

/** The whole lines of a block-style `key: value` pair, from its indentation to its line end; undefined in flow style. */
export function pairLines(text: string, place: YamlPlace): { start: number; end: number; indent: string } | undefined {
  if (place.flow) {
    return undefined;
  }
  const key = place.path.at(-1);
  const parent = place.document.getIn(place.path.slice(0, -1));
  if (typeof key !== 'string' || !isMap(parent)) {
    return undefined;
  }
  const pair = parent.items.find((p) => isScalar(p.key) && String(p.key.value) === key);
  const from = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  if (from === undefined) {
    return undefined;
  }
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const indent = text.slice(start, from);
  if (indent.trim() !== '') {
    return undefined; // the first key of a list item
  }
  const eol = text.indexOf('\n', Math.max(from, place.end - 1));
  return { start, end: eol < 0 ? text.length : eol + 1, indent };
}

/** The member is the only one of its map. */
export function isOnly(place: YamlPlace): boolean {
  const parent = place.document.getIn(place.path.slice(0, -1));
  return isMap(parent) && parent.items.length === 1;
}
