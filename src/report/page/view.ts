import type { Assessment } from '../../checklist/assessment';
import type { Changes } from '../../checklist/changes';
import { standards } from '../../checklist/definitions';
import { profileStandards, seenBy } from '../../checklist/profile';
import { rollUp } from '../../checklist/roll-up';
import { say } from '../../words/say';
import { html } from '../markup';
import { reportBody } from './body';
import type { CheckOptions } from './checks';
import { filters } from './filters';
import { rollUpBody } from './roll-up';
import { pageStyle } from './style';

/** One folder's last run. */
export interface ViewedFolder {
  readonly name: string;
  readonly uri: string;
  readonly assessment: Assessment;
  readonly changes?: Changes;
}

/** What the editor's page shows. */
export interface View {
  readonly folders: readonly ViewedFolder[];
  /** Place of the folder that is shown; -1 for all. */
  readonly shown: number;
  /** A standard or `solo`; empty for all checks. */
  readonly profile: string;
  /** The audit log can be written on this host. */
  readonly canRecord?: boolean;
  readonly fixes?: NonNullable<CheckOptions['live']>['fixes'];
}

/** Colours of the editor's theme. Where a theme has no border, as most have not, cards stand by their background. */
const themeColours = `:root{--size:var(--vscode-font-size,13px);--mono:var(--vscode-editor-font-family,monospace);--fg:var(--vscode-foreground);--bg:var(--vscode-editor-background);--card:var(--vscode-editor-background);--code:var(--vscode-textCodeBlock-background);--line:var(--vscode-contrastBorder,var(--vscode-widget-border,var(--vscode-panel-border)));--dim:var(--vscode-descriptionForeground);--link:var(--vscode-textLink-foreground);--accent:var(--vscode-progressBar-background);--red:var(--vscode-testing-iconFailed,var(--vscode-errorForeground));--orange:var(--vscode-testing-iconQueued,var(--vscode-editorWarning-foreground));--green:var(--vscode-charts-green);--blue:var(--vscode-charts-blue,var(--vscode-textLink-foreground))}
body{font-family:var(--vscode-font-family)}`;

const controlStyle = `.bar-top,.filters{display:flex;flex-wrap:wrap;gap:.5rem .9rem;align-items:center;margin:.8rem 0}.filters fieldset{border:0;padding:0;margin:0;display:flex;flex-wrap:wrap;gap:.2rem .9rem}.filters legend{float:left;padding:0;margin-right:.6rem;color:var(--dim)}label{display:inline-flex;gap:.4rem;align-items:center;max-width:100%;min-height:24px}
button{font:inherit;color:var(--vscode-button-secondaryForeground,var(--fg));background:var(--vscode-button-secondaryBackground,transparent);border:1px solid var(--vscode-button-border,var(--vscode-contrastBorder,transparent));border-radius:3px;padding:.2rem .7rem;cursor:pointer;text-align:left}button:hover{background:var(--vscode-button-secondaryHoverBackground)}
button.main,button[data-do=fix]{color:var(--vscode-button-foreground);background:var(--vscode-button-background)}button.main:hover,button[data-do=fix]:hover{background:var(--vscode-button-hoverBackground)}
button.link{color:var(--link);background:none;border:0;padding:0;font-family:var(--mono);font-size:.9em;text-align:left;text-decoration:underline;overflow-wrap:anywhere;min-height:24px}button.link:hover{color:var(--vscode-textLink-activeForeground,var(--link));background:none}
select,input[type=search]{font:inherit;color:var(--vscode-input-foreground);background:var(--vscode-input-background);border:1px solid var(--vscode-input-border,var(--vscode-contrastBorder,var(--line)));border-radius:2px;padding:.2rem .4rem;max-width:100%;min-width:0}select{color:var(--vscode-dropdown-foreground);background:var(--vscode-dropdown-background);border-color:var(--vscode-dropdown-border,var(--vscode-contrastBorder,var(--line)))}input[type=search]{width:15rem}
input[type=checkbox]{accent-color:var(--accent);margin:0}:focus-visible{outline:1px solid var(--vscode-focusBorder);outline-offset:2px}button.about{font-family:inherit;font-size:1em}.places button[data-do=fix]{font-size:.88em;padding:0 .5rem}
.progress{display:flex;gap:.8rem;align-items:center;flex-wrap:wrap;border:1px solid var(--line);border-radius:4px;padding:.4rem .8rem}progress{accent-color:var(--accent);width:8rem}
@media (prefers-reduced-motion:reduce){progress{display:none}}.vscode-reduce-motion progress{display:none}`;

/** The page's whole document. `script` is the address of its script; only what bears the nonce runs. */
export function reportDocument(
  content: string,
  { nonce, script, language }: { readonly nonce: string; readonly script: string; readonly language: string },
): string {
  return `<!DOCTYPE html>
<html lang="${html(language)}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${html(say('Key-lifecycle checklist'))}</title><style nonce="${nonce}">${themeColours}${pageStyle}${controlStyle}</style></head>
<body><main><div id="progress" class="progress" role="status" hidden><progress aria-label="${html(say('The checklist is running'))}"></progress><span id="progress-text"></span><button type="button" data-do="cancel">${html(say('Cancel'))}</button></div>
<div id="report">${content}</div></main><script nonce="${nonce}" src="${html(script)}"></script></body></html>
`;
}

/** What stands in the page before the first run, and when a run was cancelled. */
export function emptyContent(): string {
  return `${bar()}<h1>${html(say('Key-lifecycle checklist'))}</h1><p>${html(say('There is no run yet. Nothing is sent anywhere: the checklist reads the files of this folder.'))}</p>`;
}

/** The page's content: what can be done, and the report. */
export function viewContent(view: View): string {
  const folder = view.folders[view.shown];
  if (!folder) {
    const lines = view.folders.map(({ name, assessment }) => ({ folder: name, assessment }));
    const order = lines.map((l) => l.folder);
    return stated(view, bar(view) + rollUpBody(rollUp(lines), order));
  }
  const assessment = view.profile ? seenBy(folder.assessment, view.profile) : folder.assessment;
  const live = {
    canAttest: assessment.subject.policy.state === 'ok',
    ...(view.fixes ? { fixes: view.fixes } : {}),
  };
  const body = reportBody(assessment, {
    live,
    filters: filters(assessment),
    standardsFirst: view.profile !== '',
    ...(folder.changes ? { changes: folder.changes } : {}),
  });
  return stated(view, bar(view, assessment) + body);
}

/** The script keeps what is shown for the time after a reload. */
function stated({ folders, shown, profile }: View, content: string): string {
  return `<div data-folder="${html(folders[shown]?.uri ?? '')}" data-profile="${html(profile)}">${content}</div>`;
}

function bar(view?: View, assessment?: Assessment): string {
  const buttons = [
    `<button type="button" class="main" data-do="run">${html(view ? say('Run again') : say('Run'))}</button>`,
    ...(assessment
      ? [
          `<button type="button" data-do="export">${html(say('Export…'))}</button>`,
          ...(view?.canRecord && assessment.subject.policy.state === 'ok'
            ? [`<button type="button" data-do="record">${html(say('Put on record'))}</button>`]
            : []),
          `<button type="button" data-do="policy">${html(assessment.subject.policy.state === 'no-policy' ? say('Create policy') : say('Open policy'))}</button>`,
        ]
      : []),
  ];
  const folders =
    view && view.folders.length > 1
      ? select(
          'folder',
          say('Folder'),
          [[-1, say('All folders')], ...view.folders.map((f, i): [number, string] => [i, f.name])],
          view.shown,
        )
      : '';
  const profiles =
    view && assessment
      ? select(
          'profile',
          say('Show'),
          [
            ['', say('all checks')],
            ['solo', say('ten checks for one who works alone')],
            ...profileStandards.map((id): [string, string] => [id, standards.find((s) => s.id === id)?.short ?? id]),
          ],
          view.profile,
        )
      : '';
  return `<div class="bar-top">${buttons.join('')}${folders}${profiles}</div>`;
}

function select<T extends string | number>(
  name: string,
  label: string,
  options: readonly (readonly [T, string])[],
  chosen: T,
): string {
  const list = options.map(
    ([value, text]) =>
      `<option value="${html(String(value))}"${value === chosen ? ' selected' : ''}>${html(text)}</option>`,
  );
  return `<label>${html(label)} <select data-do="${name}">${list.join('')}</select></label>`;
}
