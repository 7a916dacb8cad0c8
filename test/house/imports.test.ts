import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

const src = path.join(__dirname, '../../src');
const files = fs
  .readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((f) => f.replaceAll('\\', '/'))
  .filter((f) => f.endsWith('.ts'));

const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

function imports(file: string): string[] {
  const text = fs.readFileSync(path.join(src, file), 'utf8');
  return [...text.matchAll(IMPORT)].map((m) => (m[1] ?? m[2]) as string);
}

/** The room of a file, or of what a file imports. */
function room(file: string): string {
  return file.includes('/') ? (file.split('/')[0] as string) : 'entry';
}

function target(file: string, name: string): string | undefined {
  return name.startsWith('.') ? path.posix.normalize(path.posix.join(path.posix.dirname(file), name)) : undefined;
}

/** What each room may import from, besides itself. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  words: [],
  encodings: [],
  catalog: ['encodings'],
  project: [],
  scan: ['catalog', 'encodings', 'words'],
  remedy: ['scan', 'catalog', 'encodings', 'project', 'words'],
  policy: ['scan', 'catalog', 'encodings', 'project', 'words'],
  checklist: ['policy', 'scan', 'remedy', 'catalog', 'encodings', 'project', 'words'],
  report: ['checklist', 'policy', 'remedy', 'scan', 'catalog', 'encodings', 'project', 'words'],
  editor: ['report', 'checklist', 'policy', 'remedy', 'scan', 'catalog', 'encodings', 'project', 'words'],
  cli: ['report', 'checklist', 'policy', 'remedy', 'scan', 'catalog', 'encodings', 'project', 'words'],
  webview: ['report'],
  entry: ['editor', 'cli', 'project'],
};

describe('the house', () => {
  it('imports one way', () => {
    for (const file of files) {
      for (const name of imports(file)) {
        const to = target(file, name);
        if (to && room(to) !== room(file)) {
          assert.ok(MAY[room(file)]?.includes(room(to)), `${file} imports ${name}`);
        }
      }
    }
  });

  it('lets only the editor know VS Code, and only the Node side know Node', () => {
    for (const file of files) {
      for (const name of imports(file)) {
        if (name === 'vscode') {
          assert.ok(/^(?:editor\/|extension(?:\.web)?\.ts$)/.test(file), `${file} imports vscode`);
        }
        if (name.startsWith('node:')) {
          assert.ok(/^(?:extension\.ts$|project\/node-|cli\.ts$|cli\/)/.test(file), `${file} imports ${name}`);
        }
      }
    }
  });

  it('opens no connection', () => {
    const networks = /^(?:node:)?(?:net|tls|http2?|https|dgram|dns)(?:\/|$)|^(?:undici|ws|axios|got|node-fetch)$/;
    for (const file of files) {
      assert.deepEqual(
        imports(file).filter((n) => networks.test(n)),
        [],
        file,
      );
      // Of the protocol's kit only what speaks over standard input and output.
      for (const name of imports(file).filter((n) => n.startsWith('@modelcontextprotocol/'))) {
        assert.match(name, /^@modelcontextprotocol\/sdk\/(?:server\/(?:index|stdio)|types)\.js$/, file);
      }
      const text = fs
        .readFileSync(path.join(src, file), 'utf8')
        .replace(/(["'`/])(?:\\.|(?!\1)[^\\\n])*\1|\/\/.*|\/\*[\s\S]*?\*\//g, '');
      assert.ok(!/\b(?:fetch|WebSocket|XMLHttpRequest|EventSource|sendBeacon)\s*\(/.test(text), file);
    }
  });

  it('has no circle between files', () => {
    const done = new Set<string>();
    const walk = (file: string, trail: readonly string[]): void => {
      assert.ok(!trail.includes(file), `circle: ${[...trail, file].join(' > ')}`);
      if (done.has(file)) {
        return;
      }
      const text = fs.readFileSync(path.join(src, file), 'utf8');
      const values = text.replace(/(?:^|\n)\s*import type [^;]+;/g, '');
      for (const m of values.matchAll(IMPORT)) {
        const to = target(file, (m[1] ?? m[2]) as string);
        const next = to && files.find((f) => f === `${to}.ts`);
        if (next) {
          walk(next, [...trail, file]);
        }
      }
      done.add(file);
    };
    for (const file of files) {
      walk(file, []);
    }
  });

  it('keeps its entries small', () => {
    for (const entry of ['extension.ts', 'extension.web.ts', 'cli.ts']) {
      const lines = fs.readFileSync(path.join(src, entry), 'utf8').split('\n').length - 1;
      assert.ok(lines <= 40, `${entry} has ${lines} lines`);
    }
  });
});
