import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { say } from '../../words/say';
import { EditedText } from '../edited-text';
import type { Idiom, Place, Rewrite } from '../idiom';
import { python } from '../languages/python';
import { shell } from '../languages/shell';
import type { Refusal, TextChange } from '../plan';

/** Jupyter notebooks: the source of a cell is Python, kept as JSON strings, one a line. Source: nbformat.readthedocs.io. */
interface Cell {
  readonly source: Node;
  readonly text: string;
  /** Offset of a place of the file in the cell's text. */
  readonly at: (offset: number) => number;
  readonly outputs: Node | undefined;
}

function cellAt(text: string, start: number): Cell | 'output' | undefined {
  const root = parseTree(text);
  const cells = root && findNodeAtLocation(root, ['cells']);
  const cell = cells?.children?.find((c) => c.offset <= start && start < c.offset + c.length);
  const source = cell && findNodeAtLocation(cell, ['source']);
  if (!cell || !source || start < source.offset || start >= source.offset + source.length) {
    return cell ? 'output' : undefined;
  }
  if (findNodeAtLocation(cell, ['cell_type'])?.value !== 'code') {
    return undefined;
  }
  const lines = source.type === 'array' ? (source.children ?? []) : [source];
  return {
    source,
    text: lines.map((l) => l.value as string).join(''),
    outputs: findNodeAtLocation(cell, ['outputs']),
    at: (offset) => {
      let before = 0;
      for (const line of lines) {
        if (offset >= line.offset && offset < line.offset + line.length) {
          return before + decodedLength(text.slice(line.offset + 1, offset));
        }
        before += (line.value as string).length;
      }
      return before;
    },
  };
}

/** Language of the kernel, where the notebook tells. */
function kernelLanguage(text: string): string | undefined {
  const root = parseTree(text);
  const at = (...path: string[]) => root && findNodeAtLocation(root, ['metadata', ...path])?.value;
  const name: unknown = at('language_info', 'name') ?? at('kernelspec', 'language');
  return typeof name === 'string' ? name : undefined;
}

/** Characters that the raw text of a JSON string stands for. */
function decodedLength(raw: string): number {
  return raw.replace(/\\(?:u[0-9a-fA-F]{4}|.)/g, '_').length;
}

function rewrite(place: Place, variable: string): Rewrite | Refusal {
  const { text, finding } = place;
  const cell = cellAt(text, finding.start);
  if (cell === 'output') {
    return {
      refused: say('The value stands in an output of the notebook.'),
      wayOut: say('Clear the outputs of the notebook, and print no keys.'),
    };
  }
  if (!cell) {
    return {
      refused: say('The value does not stand in a cell of code.'),
      wayOut: say('Delete it, and rotate the key.'),
    };
  }
  const language = kernelLanguage(text);
  if (language !== undefined && !/^i?python/i.test(language)) {
    return {
      refused: say('The cells of this notebook are {0}, not Python.', language),
      wayOut: say('Read {0} from the environment in the way of {1}.', variable, language),
    };
  }
  const start = cell.at(finding.start);
  const end = cell.at(finding.end);
  const rewritten = inCell({ ...place, text: cell.text, finding: { ...finding, start, end } }, variable);
  if ('refused' in rewritten) {
    return rewritten;
  }
  const edited = new EditedText(cell.text);
  for (const step of [rewritten.change, ...(rewritten.once ?? [])]) {
    edited.replace(step);
  }
  return replaced(text, cell, edited.text);
}

/** The rewrite of one cell's text. */
function inCell(place: Place, variable: string): Rewrite | Refusal {
  const { text, finding } = place;
  const other = cellMagic(text);
  if (other && /^(?:bash|sh|zsh)$/.test(other)) {
    return shell.rewrite({ ...place, file: 'cell.sh' }, variable);
  }
  if (other) {
    return {
      refused: say('This cell is for %%{0}, not Python.', other),
      wayOut: say('Read {0} in a Python cell, and hand it over from there.', variable),
    };
  }
  const line = lineBefore(text, finding.start);
  if (/^\s*(?:%|!)/.test(line)) {
    return magic(text, finding.start, finding.end, line, variable);
  }
  return python.rewrite({ ...place, file: 'cell.py' }, variable);
}

const lineBefore = (text: string, at: number) => text.slice(text.lastIndexOf('\n', at - 1) + 1, at);

/**
 * `%env NAME=value` keeps the value in the notebook: the line becomes one that demands the variable and shows nothing. A shell
 * line sees the kernel's environment; `$$` is a dollar for its shell. Source: ipython.readthedocs.io, "Built-in magic commands".
 */
function magic(text: string, start: number, end: number, line: string, variable: string): Rewrite | Refusal {
  const put = (from: number, till: number, now: string): Rewrite => ({ change: { start: from, end: till, text: now } });
  const set = /^(\s*)%(?:set_)?env\s+(\w+)(?:=|\s+)["']?$/.exec(line);
  if (set) {
    const eol = text.indexOf('\n', end);
    const name = set[2] === variable ? '_' : `os.environ["${set[2]}"]`;
    const now = `${set[1]}import os; ${name} = os.environ["${variable}"]`;
    return put(start - line.length, eol < 0 ? text.length : eol, now);
  }
  const single = (line.match(/'/g)?.length ?? 0) % 2 === 1;
  if (/^\s*!/.test(line) && !single && !/^\w/.test(text.slice(end))) {
    return put(start, end, `$$${variable}`);
  }
  return {
    refused: say('This command of the notebook takes no variable here.'),
    wayOut: say('Read {0} with os.environ in Python, and hand it over from there.', variable),
  };
}

/** Cells of another language (`%%bash`) by their first line; undefined for Python. */
function cellMagic(source: string): string | undefined {
  const name = /^\s*%%(\w+)/.exec(source)?.[1];
  return name && !/^(?:time|timeit|capture|prun|python3?)$/.test(name) ? name : undefined;
}

/** The cell's source anew, in the form that it had, and its outputs emptied where they repeat what was in it. */
function replaced(text: string, cell: Cell, now: string): Rewrite {
  const { source } = cell;
  const raw = text.slice(source.offset, source.offset + source.length);
  let put = JSON.stringify(now);
  if (source.type === 'array') {
    const lines = now.split(/(?<=\n)/).map((l) => JSON.stringify(l));
    const lead = /^\[(\s*)/.exec(raw)?.[1] ?? '';
    const tail = /(\s*)\]$/.exec(raw)?.[1] ?? '';
    put = `[${lead}${lines.join(`,${lead || ' '}`)}${tail}]`;
  }
  return { change: { start: source.offset, end: source.offset + source.length, text: put } };
}

/** Outputs that repeat a value, emptied: `[]`, and the count of the run with it. */
export function clearedOutputs(text: string, values: readonly string[]): TextChange[] {
  const root = parseTree(text);
  const changes: TextChange[] = [];
  for (const cell of (root && findNodeAtLocation(root, ['cells'])?.children) ?? []) {
    const outputs = findNodeAtLocation(cell, ['outputs']);
    if (outputs?.children?.length) {
      const raw = text.slice(outputs.offset, outputs.offset + outputs.length);
      if (values.some((v) => raw.includes(v) || raw.includes(JSON.stringify(v).slice(1, -1)))) {
        changes.push({ start: outputs.offset, end: outputs.offset + outputs.length, text: '[]' });
      }
    }
  }
  return changes;
}

/** The variable of `%env NAME=`. */
function namedByMagic(text: string, at: number): string | undefined {
  return /^\s*%(?:set_)?env\s+([A-Z][A-Z0-9_]*)(?:=|\s+)["']?$/.exec(lineBefore(text, at))?.[1];
}

export const notebook: Idiom = {
  id: 'notebook',
  applies: (file) => /\.ipynb$/.test(file),
  suggestion: ({ text, finding }) => {
    const cell = cellAt(text, finding.start);
    if (!cell || cell === 'output') {
      return undefined;
    }
    return namedByMagic(cell.text, cell.at(finding.start));
  },
  rewrite,
  cleared: clearedOutputs,
  loading: ({ text }, envFile) => {
    const name = envFile.slice(envFile.lastIndexOf('/') + 1);
    return {
      loaded: /load_dotenv\s*\(|%dotenv\b|%load_ext dotenv/.test(text),
      commands: [
        {
          line: `set -a; . ./${name}; set +a; jupyter lab`,
          shell: 'posix',
          why: say('starts the kernels with the values of {0}', name),
        },
      ],
    };
  },
  reader: 'dotenv',
};

/** One cell as an editor of notebooks has it: a text of its own, in the notebook's language. */
export const notebookCell: Idiom = {
  id: 'notebook-cell',
  applies: (file, languageId) => /\.ipynb$/.test(file) && languageId === 'python',
  suggestion: ({ text, finding }) => namedByMagic(text, finding.start),
  rewrite: inCell,
  loading: notebook.loading,
  reader: notebook.reader,
};
