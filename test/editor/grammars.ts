import fs from 'node:fs';
import path from 'node:path';
import * as oniguruma from 'vscode-oniguruma';
import * as textmate from 'vscode-textmate';

/** A grammar as a manifest contributes it. */
interface Contribution {
  readonly scopeName: string;
  readonly language?: string;
  readonly path: string;
  readonly injectTo?: readonly string[];
}

/** A piece of a line with the scopes that colour it, outermost first. */
export interface Token {
  readonly text: string;
  readonly scopes: readonly string[];
}

/** The grammars of a VS Code with those of Keyward injected, as its own text service does it. */
export class Grammars {
  readonly #files = new Map<string, string>();
  readonly #languages = new Set<string>();
  readonly #injections = new Map<string, string[]>();
  readonly #registry: textmate.Registry;

  /** `extensions` is the folder of VS Code's own extensions, `keyward` the folder of this one. */
  constructor(extensions: string, keyward: string, modules: string) {
    for (const folder of [
      ...fs.readdirSync(extensions).map((name) => path.join(extensions, name)),
      ...(keyward ? [keyward] : []),
    ]) {
      const file = path.join(folder, 'package.json');
      const manifest = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
      for (const grammar of (manifest.contributes?.grammars ?? []) as Contribution[]) {
        if (grammar.language) {
          this.#languages.add(grammar.scopeName);
        }
        this.#files.set(grammar.scopeName, path.join(folder, grammar.path));
        for (const scope of grammar.injectTo ?? []) {
          this.#injections.set(scope, [...(this.#injections.get(scope) ?? []), grammar.scopeName]);
        }
      }
    }
    const wasm = fs.readFileSync(path.join(modules, 'vscode-oniguruma/release/onig.wasm'));
    this.#registry = new textmate.Registry({
      onigLib: oniguruma
        .loadWASM(wasm)
        .catch(() => undefined) // it is loaded once in a process
        .then(() => ({
          createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
          createOnigString: (text) => new oniguruma.OnigString(text),
        })),
      loadGrammar: async (scope) => {
        const file = this.#files.get(scope);
        return file ? textmate.parseRawGrammar(fs.readFileSync(file, 'utf8'), file) : null;
      },
      getInjections: (scope) => this.injected(scope),
    });
  }

  has(scope: string): boolean {
    return this.#files.has(scope);
  }

  /** Scopes of whole texts. */
  get languages(): string[] {
    return [...this.#languages];
  }

  /** Grammars that reach a scope: an injection reaches the scope that it names and all that begin with it. */
  injected(scope: string): string[] {
    return scope.split('.').flatMap((_, i, parts) => this.#injections.get(parts.slice(0, i + 1).join('.')) ?? []);
  }

  /** The tokens of each line of a text. */
  async tokens(scope: string, text: string): Promise<Token[][]> {
    const grammar = await this.#registry.loadGrammar(scope);
    if (!grammar) {
      throw new Error(`no grammar for ${scope}`);
    }
    let stack = textmate.INITIAL;
    return text.split('\n').map((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
      stack = ruleStack;
      return tokens.map((t) => ({ text: line.slice(t.startIndex, t.endIndex), scopes: t.scopes }));
    });
  }
}
