import assert from 'node:assert/strict';
import path from 'node:path';
import { Grammars, type Token } from './grammars';

/** References to each store that Keyward knows, and to those whose references it leaves alone. */
const REFERENCES = [
  'op://Private/bot/BINANCE_API_SECRET',
  'op://Private/Trading bot/api secret',
  'op://app-prod/db/one-time password?attribute=otp',
  'ref+vault://secret/app#/key',
  'secretref+awssecrets://bot/X',
  'vault:secret/data/bot#BINANCE_API_SECRET',
  'aws-sm://bot/BINANCE_API_SECRET',
  'aws-ssm://bot/BINANCE_API_SECRET',
  'arn:aws:secretsmanager:eu-west-1:123456789012:secret:bot-AbCdEf',
  'arn:aws-cn:ssm:cn-north-1:123456789012:parameter/bot/key',
  'projects/acme/secrets/binance/versions/latest',
  'gcp-sm://bot-BINANCE_API_SECRET',
  'sm://acme/binance',
  '@Microsoft.KeyVault(VaultName=acme;SecretName=binance)',
  'https://my-vault.vault.azure.net/secrets/binance',
  'akvs://sub/my-vault/binance',
  'azure-kv://my-vault/binance',
  'keychain://bot/BINANCE_API_SECRET',
  'keyring:bot/BINANCE_API_SECRET',
  'k8s-secret://bot/BINANCE_API_SECRET',
  'doppler://bot/prd/BINANCE_API_SECRET',
  'infisical://bot/prod/BINANCE_API_SECRET',
  'bws://382580ab-1368-4e85-bfa3-b02e01400c9f',
  'secrets://values.yaml',
  '/run/secrets/bot_BINANCE_API_SECRET',
  `encrypted:B${'Q0Zp'.repeat(8)}==`,
  'ENC[AES256_GCM,data:Zm9v,iv:YmFy,tag:YmF6,type:str]',
] as const;

interface Language {
  readonly scope: string;
  /** A value that holds the reference `@`, with code after it. */
  readonly value: string;
  /** A comment that holds the directive `@`; absent where the format has none. */
  readonly comment?: string;
  /** Code in which something like a reference is none. */
  readonly code?: string;
  /** Lines before. */
  readonly before?: string;
  /** The value has no quotes, so that the last name of a reference may end at a space. */
  readonly bare?: true;
  /** The language's grammar matches a string at once, so that colours inside it replace the string's. */
  readonly whole?: true;
}

const slashes = { comment: '// @', code: 'x = projects / acme / secrets / key;' };
const hash = { comment: '# @', code: 'x = projects/acme/secrets/key' };

const LANGUAGES: readonly Language[] = [
  { scope: 'source.js', value: "const a = f('@', b);", ...slashes, code: 'x = projects/acme/secrets/key;' },
  { scope: 'source.js', value: 'const a = `@`, b = 1;', comment: '/* @ */ const c = 1;' },
  { scope: 'source.js.jsx', value: 'const a = <A k="@" b={1} />;', ...slashes },
  {
    scope: 'source.ts',
    value: 'const a: string = "@"; let b = 1;',
    ...slashes,
    code: 'x = projects/acme/secrets/key;',
  },
  { scope: 'source.tsx', value: 'const a = <A k="@" b={1} />;', ...slashes },
  { scope: 'source.python', value: 'a = f("@", b)', ...hash },
  { scope: 'source.python', value: "a = f'@' + b", ...hash, whole: true },
  { scope: 'source.go', value: 'a := f("@", b)', ...slashes, before: 'package main\nfunc main() {' },
  { scope: 'source.go', value: 'a := f(`@`, b)', ...slashes, before: 'package main\nfunc main() {' },
  { scope: 'source.php', value: "$a = f('@', $b);", ...slashes },
  { scope: 'text.html.php', value: '$a = f("@", $b);', ...slashes, before: '<?php' },
  { scope: 'source.cs', value: 'var a = F("@", b);', ...slashes },
  { scope: 'source.java', value: 'String a = f("@", b);', ...slashes, before: 'class A { void f() {' },
  { scope: 'source.rust', value: 'let a = f("@", b);', ...slashes, before: 'fn main() {' },
  { scope: 'source.ruby', value: "a = f('@', b)", ...hash },
  { scope: 'source.ruby', value: 'a = f("@", b)', ...hash },
  { scope: 'source.shell', value: 'export A="@" B=1', comment: 'x=1 # @' },
  { scope: 'source.shell', value: "curl '@' -v", ...hash, code: 'cd projects && ls' },
  { scope: 'source.powershell', value: "$a = F '@' $b", ...hash },
  { scope: 'source.batchfile', value: 'call "@" b', comment: 'rem @' },
  { scope: 'source.c', value: 'const char *a = f("@", b);', ...slashes },
  { scope: 'source.cpp', value: 'auto a = f("@", b);', ...slashes },
  { scope: 'source.objc', value: 'NSString *a = f("@", b);', ...slashes },
  { scope: 'source.swift', value: 'let a = f("@", b)', ...slashes },
  { scope: 'source.dart', value: "var a = f('@', b);", ...slashes },
  { scope: 'source.groovy', value: "def a = f('@', b)", ...slashes },
  { scope: 'source.lua', value: 'local a = f("@", b)', comment: '-- @' },
  { scope: 'source.perl', value: "my $a = f('@', $b);", ...hash },
  { scope: 'source.r', value: 'a <- f("@", b)', ...hash },
  { scope: 'source.julia', value: 'a = f("@", b)', ...hash },
  { scope: 'source.clojure', value: '(def a (f "@" b))', comment: ';; @' },
  { scope: 'source.fsharp', value: 'let a = f "@" b', comment: '// @' },
  { scope: 'source.coffee', value: "a = f '@', b", ...hash },
  { scope: 'source.asp.vb.net', value: 'a = F("@", b)', comment: "' @" },
  { scope: 'source.sql', value: "select '@', b from c", comment: '-- @' },
  { scope: 'source.json', value: '{ "a": "@", "b": 1 }' },
  { scope: 'source.json.comments', value: '{ "a": "@", "b": 1 }', comment: '// @' },
  { scope: 'source.yaml', value: 'a: "@" # b', comment: '# @' },
  { scope: 'source.yaml', value: "a: '@'", comment: '# @' },
  { scope: 'source.yaml', value: 'a: @', comment: 'b: 1 # @', bare: true },
  { scope: 'source.yaml', value: '  @', before: 'run: |', bare: true },
  { scope: 'source.dotenv', value: 'A=@', comment: '# @', bare: true },
  { scope: 'source.dotenv', value: 'A="@"', comment: 'B=1 # @' },
  { scope: 'source.dotenv', value: "A='@'" },
  { scope: 'source.ini', value: 'a = @', comment: '; @', bare: true },
  { scope: 'source.ini', value: 'a = "@"', comment: '# @' },
  { scope: 'source.dockerfile', value: 'ENV A=@ B=1', comment: '# @', bare: true },
  { scope: 'source.dockerfile', value: 'RUN f "@" b', comment: '# @' },
  { scope: 'source.makefile', value: 'A = @', comment: '# @', bare: true },
  { scope: 'text.xml', value: '<a k="@" b="1">c</a>', comment: '<!-- @ --><a/>' },
  { scope: 'text.xml', value: '<a>@</a>', bare: true },
  { scope: 'text.html.derivative', value: '<a k="@" b="1">c</a>', comment: '<!-- @ --><a/>' },
  { scope: 'text.html.cshtml', value: '<a k="@" b="1">c</a>', comment: '<!-- @ --><a/>' },
  { scope: 'text.html.markdown', value: 'const a = f("@", b);', before: '```js' },
];

const DIRECTIVES = [
  ['keyward-ignore', 'keyward-ignore: a test'],
  ['keyward-ignore-next-line', 'keyward-ignore-next-line[binance-api-secret,okx-*]: a sample, until=2026-01-31'],
  ['gitleaks:allow', 'gitleaks:allow'],
  ['pragma: allowlist secret', 'pragma: allowlist secret'],
] as const;

const isOurs = (scope: string) => scope.endsWith('.keyward');
const coloured = (tokens: readonly Token[], name: string) =>
  tokens
    .filter((t) => t.scopes.some((s) => s === name))
    .map((t) => t.text)
    .join('');

/** For each character, whether it is text, a comment or code: what a misplaced end of a string would change. */
function kinds(tokens: readonly Token[]): string {
  return tokens
    .map((t) => {
      const kind = t.scopes.findLast((s) => /^(?:string|comment)\b/.test(s))?.[0] ?? '.';
      return kind.repeat(t.text.length);
    })
    .join('');
}

/** Tests Keyward's injections over the grammars that a VS Code ships. A grammar that it lacks is reported as skipped, by name. */
export function describeSyntaxes(extensions: string, keyward: string, modules: string): void {
  const ours = new Grammars(extensions, keyward, modules);
  const without = new Grammars(extensions, '', modules);

  async function last(grammars: Grammars, language: Language, line: string): Promise<Token[]> {
    const text = language.before ? `${language.before}\n${line}` : line;
    return (await grammars.tokens(language.scope, text)).at(-1) as Token[];
  }

  describe('the colours of references and directives', () => {
    it('reach every language that VS Code ships', () => {
      assert.ok(ours.languages.length > 50);
      for (const scope of ours.languages) {
        const reaching = ours.injected(scope).filter((s) => s.startsWith('keyward.'));
        assert.equal(reaching.length, 5, scope);
      }
    });

    for (const language of LANGUAGES) {
      const { scope, value, comment, code } = language;
      const name = `${path.basename(scope)} in ${value}`;

      it(`colours a reference in ${name}`, async function () {
        if (!ours.has(scope)) {
          this.skip();
        }
        for (const reference of REFERENCES) {
          const line = value.replace('@', () => reference);
          if (/^\s*(?:\w+: )?@/.test(line)) {
            continue; // YAML reserves the character at the beginning of a plain value
          }
          const tokens = await last(ours, language, line);
          const seen = coloured(tokens, 'constant.other.reference.secret.keyward');
          if (!(language.bare && seen === reference.replace(/ \w+$/, ''))) {
            assert.equal(seen, reference, line);
          }
          assert.ok(tokens.some((t) => t.scopes.includes('keyword.other.scheme.keyward')));
          const plain = await last(without, language, line);
          if (language.bare && /[#;]/.test(reference)) {
            continue; // whether a comment begins there depends on what reads the file
          }
          const outside = (all: readonly Token[]) => {
            const [from, to] = language.whole ? [line.indexOf(reference), reference.length] : [0, 0];
            return kinds(all).slice(0, from) + kinds(all).slice(from + to);
          };
          assert.equal(outside(tokens), outside(plain), line);
        }
      });

      if (comment) {
        it(`colours an ignore directive in ${path.basename(scope)}'s ${comment}`, async function () {
          if (!ours.has(scope)) {
            this.skip();
          }
          for (const [word, directive] of DIRECTIVES) {
            const line: string = comment.replace('@', () => directive);
            const tokens = await last(ours, language, line);
            assert.equal(coloured(tokens, 'keyword.other.directive.ignore.keyward'), word, line);
            assert.equal(kinds(tokens), kinds(await last(without, language, line)), line);
            const rules = /\[(.*)\]/.exec(directive)?.[1] ?? '';
            assert.equal(coloured(tokens, 'variable.parameter.rule.keyward'), rules, line);
            const date = /until=(.*)/.exec(directive)?.[1] ?? '';
            assert.equal(coloured(tokens, 'constant.numeric.date.keyward'), date, line);
          }
        });
      }

      it(`leaves other text alone in ${name}`, async function () {
        if (!ours.has(scope)) {
          this.skip();
        }
        const harmless = [
          'a plain value',
          'https://example.org/a/b',
          'stop://x',
          'secrets of the trade',
          'vault: full',
        ];
        const lines = [
          ...harmless.map((text) => value.replace('@', () => text)),
          ...(code ? [code] : []),
          ...(comment ? [comment.replace('@', 'op://Private/bot/key'), comment.replace('@', 'to ignore it')] : []),
        ];
        for (const line of lines) {
          const tokens = await last(ours, language, line);
          assert.deepEqual(
            tokens.filter((t) => t.scopes.some(isOurs)).map((t) => t.text),
            [],
            line,
          );
        }
      });
    }

    it('colours secrets in expressions of GitHub Actions, to the end of the expression', async () => {
      const language: Language = { scope: 'source.yaml', value: '' };
      for (const [line, expected] of [
        ['A: ${{ secrets.BINANCE_API_SECRET }} # b', '${{ secrets.BINANCE_API_SECRET }}'],
        ['A: "x ${{ secrets.A || secrets.B }} y"', '${{ secrets.A || secrets.B }}'],
        ["if: ${{ github.ref == 'a' }}", ''],
        ["a: '${{ secrets.A' # }}", ''],
      ] as const) {
        const tokens = await last(ours, language, line);
        assert.equal(coloured(tokens, 'constant.other.reference.secret.keyward'), expected, line);
        assert.equal(kinds(tokens), kinds(await last(without, language, line)), line);
      }
    });

    it('colours variables in formats, and leaves the expressions of programs to their languages', async () => {
      for (const [scope, line, expected] of [
        ['source.yaml', 'a: ${BINANCE_API_SECRET:?is not set}', '${BINANCE_API_SECRET:?is not set}'],
        ['source.json.comments', '{ "A": "${localEnv:BINANCE_API_SECRET}" }', '${localEnv:BINANCE_API_SECRET}'],
        ['source.json', '{ "A": "${input:secret}" }', '${input:secret}'],
        ['source.ini', 'a = ${API_KEY:none}', '${API_KEY:none}'],
        ['source.ts', 'const a = `x ${API_KEY} y`;', ''],
        ['source.shell', 'a="${API_KEY:?}"', ''],
        ['source.groovy', 'def a = "${API_KEY}"', ''],
      ] as const) {
        const language: Language = { scope, value: '' };
        const tokens = await last(ours, language, line);
        assert.equal(coloured(tokens, 'constant.other.reference.secret.keyward'), expected, line);
      }
    });

    it('leaves the expression in a template to its language', async () => {
      const language: Language = { scope: 'source.ts', value: '' };
      const line = 'const a = `op://${vault}/bot/key`;';
      const tokens = await last(ours, language, line);
      assert.equal(coloured(tokens, 'constant.other.reference.secret.keyward'), 'op://');
      const plain = await last(without, language, line);
      const variable = (all: readonly Token[]) => all.find((t) => t.text === 'vault')?.scopes;
      assert.deepEqual(variable(tokens), variable(plain));
    });
  });
}
