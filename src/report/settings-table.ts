/** A setting as the manifest declares it, its placeholders not yet filled. */
export interface DeclaredSetting {
  readonly default: unknown;
  readonly scope: string;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly order: number;
}

/** The page of all settings, from the manifest and its words, so that it can't drift from what VS Code shows. */
export function settingsTable(
  settings: Readonly<Record<string, DeclaredSetting>>,
  words: Readonly<Record<string, string>>,
): string {
  const said = (text: string) => words[text.replace(/^%|%$/g, '')] ?? text;
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = Object.entries(settings)
    .sort(([, a], [, b]) => a.order - b.order)
    .map(([name, s]) => {
      const choices = (s.enum ?? []).map((value, i) => {
        const what = (s.markdownEnumDescriptions ?? s.enumDescriptions)?.[i];
        return `\`${value}\`${what ? `: ${said(what)}` : ''}`;
      });
      const meaning = [said(s.markdownDescription), ...choices].join('<br>');
      return `| \`${name}\` | \`${JSON.stringify(s.default)}\` | ${s.scope} | ${cell(meaning)} |`;
    });
  return [
    '# Settings',
    '',
    'Written by `npm run settings -- --write` from the manifest. A policy file has the last word: settings can make it stricter, not weaker.',
    '',
    '| setting | default | scope | meaning |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
