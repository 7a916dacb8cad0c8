import type { FromPage, ToPage } from '../report/page/messages';

/** What VS Code gives the page. */
declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: Kept): void;
};

/** What the reader has chosen, kept over reloads. */
interface Filter {
  readonly find: string;
  readonly stage: string;
  readonly hidden: readonly string[];
}

interface Kept {
  readonly folder: string;
  readonly profile: string;
  readonly filter: Filter;
}

const code = acquireVsCodeApi();
const report = document.getElementById('report') as HTMLElement;

function filterForm(): HTMLFormElement | null {
  return report.querySelector<HTMLFormElement>('form.filters');
}

function chosen(form: HTMLFormElement): Filter {
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[name=status]')];
  return {
    find: (form.elements.namedItem('find') as HTMLInputElement).value,
    stage: (form.elements.namedItem('stage') as HTMLSelectElement).value,
    hidden: boxes.filter((box) => !box.checked).map((box) => box.value),
  };
}

function choose(form: HTMLFormElement, filter: Filter): void {
  (form.elements.namedItem('find') as HTMLInputElement).value = filter.find;
  (form.elements.namedItem('stage') as HTMLSelectElement).value = filter.stage;
  for (const box of form.querySelectorAll<HTMLInputElement>('input[name=status]')) {
    box.checked = !filter.hidden.includes(box.value);
  }
}

/** Shows the checks that the form asks for, hides stages without any, and says how many are left. */
function narrow(): void {
  const form = filterForm();
  if (!form) {
    return;
  }
  const { find, stage, hidden } = chosen(form);
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  const checks = [...report.querySelectorAll<HTMLElement>('.check')];
  for (const check of checks) {
    const about = check.querySelector('.about')?.textContent ?? '';
    const text = (check.textContent ?? '').replace(about, '').toLowerCase();
    const inStage = !stage || check.closest<HTMLElement>('.stage')?.dataset.stage === stage;
    check.hidden = !inStage || hidden.includes(check.dataset.status ?? '') || !words.every((w) => text.includes(w));
  }
  for (const section of report.querySelectorAll<HTMLElement>('.stage')) {
    section.hidden = !section.querySelector('.check:not([hidden])');
  }
  const shown = report.querySelector<HTMLElement>('#shown');
  if (shown) {
    const left = checks.filter((check) => !check.hidden).length;
    shown.textContent = (shown.dataset.some ?? '').replace('{0}', String(left)).replace('{1}', String(checks.length));
  }
  keep();
}

function keep(): void {
  const view = report.querySelector<HTMLElement>('[data-profile]');
  const form = filterForm();
  if (view) {
    code.setState({
      folder: view.dataset.folder ?? '',
      profile: view.dataset.profile ?? '',
      filter: form ? chosen(form) : kept().filter,
    });
  }
}

function kept(): Kept {
  const none = { folder: '', profile: '', filter: { find: '', stage: '', hidden: [] } };
  return { ...none, ...(code.getState() as Partial<Kept> | undefined) };
}

/** Goes to a check or section of the page, also to a check that is folded or filtered away. */
function goTo(id: string): void {
  const target = document.getElementById(id);
  if (!target) {
    return;
  }
  const form = filterForm();
  if (form && target.closest('[hidden]')) {
    choose(form, { find: '', stage: '', hidden: [] });
    narrow();
  }
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
  }
  const focus = target.querySelector<HTMLElement>('summary') ?? target;
  if (focus === target) {
    target.tabIndex = -1;
  }
  focus.focus({ preventScroll: true });
  target.scrollIntoView({ block: 'start' });
}

function askFor({ dataset, value }: HTMLElement & { readonly value?: string }): FromPage | undefined {
  const { do: what, check = '', place } = dataset;
  switch (what) {
    case 'run':
    case 'cancel':
    case 'export':
    case 'record':
    case 'policy':
      return { type: what };
    case 'open':
      return { type: what, check, place: Number(place) };
    case 'fix':
      return { type: what, check, ...(place === undefined ? {} : { place: Number(place) }) };
    case 'explain':
    case 'attest':
      return { type: what, check };
    case 'folder':
      return { type: what, index: Number(value) };
    case 'profile':
      return { type: what, id: value ?? '' };
    default:
      return undefined;
  }
}

function ask(element: HTMLElement): void {
  const message = askFor(element);
  if (message) {
    code.postMessage(message);
  }
}

/** Where the focus is, so that it is there again when the report is replaced. */
function focusPath(): string | undefined {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !report.contains(active)) {
    return undefined;
  }
  const { do: what, check, place } = active.dataset;
  if (what) {
    return `[data-do="${what}"]${check ? `[data-check="${check}"]` : ''}${place ? `[data-place="${place}"]` : ''}`;
  }
  const name = active.getAttribute('name');
  const within = active.closest('.check');
  return name ? `[name="${name}"]` : within ? `#${within.id} > summary` : undefined;
}

function show(content: string): void {
  const focus = focusPath();
  const { scrollY } = window;
  const folded = new Map(
    [...report.querySelectorAll<HTMLDetailsElement>('details.check')].map((d) => [d.id, d.open] as const),
  );
  report.innerHTML = content;
  for (const details of report.querySelectorAll<HTMLDetailsElement>('details.check')) {
    details.open = folded.get(details.id) ?? details.open;
  }
  begin();
  if (focus) {
    report.querySelector<HTMLElement>(focus)?.focus({ preventScroll: true });
  }
  window.scrollTo(0, scrollY);
}

/** Takes up what the reader had chosen before. */
function begin(): void {
  const form = filterForm();
  if (form) {
    choose(form, kept().filter);
    narrow();
  } else {
    keep();
  }
}

function tell(text: string | undefined): void {
  const progress = document.getElementById('progress') as HTMLElement;
  progress.hidden = text === undefined;
  (document.getElementById('progress-text') as HTMLElement).textContent = text ?? '';
  report.setAttribute('aria-busy', String(text !== undefined));
}

document.addEventListener('click', (event) => {
  const target = event.target as Element;
  const button = target.closest<HTMLElement>('button[data-do]');
  const link = target.closest<HTMLAnchorElement>('a[href^="#"]');
  if (button) {
    ask(button);
  } else if (link) {
    event.preventDefault();
    goTo(link.hash.slice(1));
  }
});
document.addEventListener('change', (event) => {
  const target = event.target as HTMLElement;
  if (target.matches('select[data-do]')) {
    ask(target);
  } else {
    narrow();
  }
});
document.addEventListener('input', narrow);
document.addEventListener('submit', (event) => event.preventDefault());
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.type === 'report') {
    show(data.html);
  } else if (data.type === 'progress') {
    tell(data.text);
  }
});

begin();
code.postMessage({ type: 'ready' });
