/** A setting as the manifest declares it, its placeholders not yet filled. */
export interface DeclaredSetting {
  readonly default: unknown;
  readonly scope: string;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly enumItemLabels?: readonly string[];
  readonly order: number;
}

/** A section of the settings. */
export interface Section {
  readonly title: string;
  readonly order: number;
  readonly properties: Readonly<Record<string, DeclaredSetting>>;
}

const INTRODUCTION =
  'Written by `npm run settings -- --write` from the manifest. Each takes effect at once. A policy file has the last word: settings can make it stricter, not weaker. Scopes: `application` holds for all windows and can be set by you alone; `window` and `resource` can be set by a workspace, `resource` by each of its folders; `language-overridable` also for one language.';

/** The page of all settings, from the manifest and its words, so that it can't drift from what VS Code shows. */
export function settingsTable(sections: readonly Section[], words: Readonly<Record<string, string>>): string {
  const said = (text: string) => words[text.replace(/^%|%$/g, '')] ?? text;
  const cell = (text: string) =>
    text
      .replaceAll('|', '\\|')
      .replaceAll('\n', ' ')
      .replace(/`?#(keyward[.\w]+|editor[.\w]+)#`?/g, '`$1`');
  const inOrder = <T extends { readonly order: number }>(list: readonly T[]) =>
    list.toSorted((a, b) => a.order - b.order);
  const tables = inOrder(sections).flatMap(({ title, properties }) => [
    `## ${said(title)}`,
    '',
    '| setting | default | scope | meaning |',
    '|---|---|---|---|',
    ...inOrder(Object.entries(properties).map(([name, s]) => ({ name, ...s }))).map((s) => {
      const choices = (s.enum ?? []).map((value, i) => {
        const what = (s.markdownEnumDescriptions ?? s.enumItemLabels)?.[i];
        return `\`${value}\`${what ? `: ${said(what)}` : ''}`;
      });
      const meaning = [said(s.markdownDescription), ...choices].join('<br>');
      return `| \`${s.name}\` | \`${JSON.stringify(s.default)}\` | ${s.scope} | ${cell(meaning)} |`;
    }),
    '',
  ]);
  return ['# Settings', '', INTRODUCTION, '', ...tables].join('\n');
}
