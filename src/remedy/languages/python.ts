import type { Idiom, Loading, Place, Rewrite } from '../idiom';
import { inComment, literalPlace } from '../literal-place';
import type { FileChange, Refusal, TextChange } from '../plan';

/** Where imports go: after shebang, coding line, comments, docstring and `from __future__`. */
export function importPlace(text: string): number {
  const head =
    /^(?:\uFEFF)?(?:#[^\n]*\n|[ \t]*\r?\n)*(?:(?:[rRuU]?(?:"""[\s\S]*?"""|'''[\s\S]*?''')|"[^"\n]*"|'[^'\n]*')[ \t]*\r?\n(?:[ \t]*\r?\n)*)?(?:(?:[ \t]*#[^\n]*\n|[ \t]*\r?\n)*from __future__ import [^\n]*\n)*/.exec(
      text,
    );
  return head?.[0].length ?? 0;
}

function needs(text: string, module: string): TextChange[] {
  const known = new RegExp(
    `^[ \\t]*import\\s+(?:[\\w.]+(?:\\s+as\\s+\\w+)?\\s*,\\s*)*${module}\\b(?!\\.|\\s+as\\b)`,
    'm',
  );
  if (known.test(text)) {
    return [];
  }
  const at = importPlace(text);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const follows = /^\s*(?:import|from)\s/.test(text.slice(at, at + 200));
  return [{ start: at, end: at, text: `import ${module}${eol}${follows ? '' : eol}` }];
}

function rewrite({ text, finding }: Place, variable: string): Rewrite | Refusal {
  const at = literalPlace(text, finding, '#');
  const read = `os.environ["${variable}"]`;
  switch (at.kind) {
    case 'comment':
      return inComment;
    case 'bare':
      return { refused: 'The value does not stand in a string here.', wayOut: 'Put it into a string, or remove it.' };
    case 'array':
      return {
        change: { start: at.start, end: at.end, text: `json.loads(${read})` },
        once: [...needs(text, 'json'), ...needs(text, 'os')],
      };
    case 'whole': {
      const back = /(?:os\.getenv|os\.environ\.get|environ\.get|getenv)\(\s*(["'])(\w+)\1\s*,\s*$/.exec(
        text.slice(Math.max(0, at.start - 200), at.start),
      );
      if (back && finding.fallbackOf && text[at.end] !== undefined && /^\s*\)/.test(text.slice(at.end))) {
        const close = text.indexOf(')', at.end) + 1;
        return { change: { start: at.start - back[0].length, end: close, text: read }, once: needs(text, 'os') };
      }
      const or = /\s+or\s+$/.exec(text.slice(Math.max(0, at.start - 20), at.start));
      if (or && finding.fallbackOf) {
        return { change: { start: at.start - or[0].length, end: at.end, text: '' } };
      }
      const pem = text.startsWith('-----BEGIN', finding.start);
      const bytes = /b/i.test(at.prefix);
      const value = `${read}${pem ? '.replace("\\\\n", "\\n")' : ''}${bytes ? '.encode()' : ''}`;
      return { change: { start: at.start, end: at.end, text: value }, once: needs(text, 'os') };
    }
    case 'part': {
      if (/b/i.test(at.prefix)) {
        return { refused: 'A bytes literal has no interpolation.', wayOut: `Build it from ${read}.encode().` };
      }
      const width = at.quote.length;
      const other = at.quote.startsWith('"') ? "'" : '"';
      const inner = `{os.environ[${other}${variable}${other}]}`;
      if (/f/i.test(at.prefix)) {
        return { change: { start: at.start, end: at.end, text: inner }, once: needs(text, 'os') };
      }
      if (/^\s*(?:\.format\b|%\s*[({\w])/.test(text.slice(at.close, at.close + 40))) {
        const q = at.quote;
        return { change: { start: at.start, end: at.end, text: `${q} + ${read} + ${q}` }, once: needs(text, 'os') };
      }
      const body = (s: string) => s.replaceAll('{', '{{').replaceAll('}', '}}');
      const open = at.open;
      const literal = `f${text.slice(open, open + width)}${body(text.slice(open + width, at.start))}${inner}${body(text.slice(at.end, at.close - width))}${at.quote}`;
      return { change: { start: open, end: at.close, text: literal }, once: needs(text, 'os') };
    }
  }
}

const LOADS = /load_dotenv\s*\(|find_dotenv|read_env\s*\(|env_file\s*=|environ\.Env|decouple|dotenv_values/;

function loading({ facts, text, file }: Place, envFile: string): Loading {
  const name = envFile.slice(envFile.lastIndexOf('/') + 1);
  const run = file.slice(facts.packageRoot ? facts.packageRoot.length + 1 : 0);
  const loaded = LOADS.test(text) || [...facts.paths].some((p) => p.endsWith('.envrc'));
  const commands = [
    {
      line: `set -a; . ./${name}; set +a; python ${run}`,
      shell: 'posix' as const,
      why: `loads ${name} into the program's environment`,
    },
    {
      line: `Get-Content ${name} | Where-Object { $_ -match '^\\w+=' } | ForEach-Object { $k, $v = $_ -split '=', 2; Set-Item "Env:$k" $v.Trim("'""") }; python ${run}`,
      shell: 'powershell' as const,
      why: `loads ${name} into the program's environment`,
    },
  ];
  if (loaded || !/python-dotenv/i.test(facts.pythonDependencies)) {
    return { loaded, commands };
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const at = importPlace(text);
  const after = at + importBlock(text.slice(at));
  const changes: FileChange[] = [
    {
      file,
      purpose: 'loader',
      changes: [
        { start: at, end: at, text: `from dotenv import load_dotenv${eol}` },
        { start: after, end: after, text: `${eol}load_dotenv()${eol}` },
      ],
    },
  ];
  return { loaded, commands, changes, added: 'with load_dotenv()' };
}

/** Length of the imports at the head of a text, up to the last one's line end. */
function importBlock(text: string): number {
  const step = /(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:import|from)[ \t][^\n(]*(?:\([^)]*\)[^\n]*)?(?:\r?\n|$)/y;
  let end = 0;
  while (step.test(text)) {
    end = step.lastIndex;
  }
  return end;
}

export const python: Idiom = {
  id: 'python',
  applies: (file, languageId) => /\.pyw?$/.test(file) || languageId === 'python',
  rewrite,
  loading,
  reader: 'dotenv',
};
