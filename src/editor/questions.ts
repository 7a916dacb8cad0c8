import * as vscode from 'vscode';
import type { Question } from '../policy/question';

/** Asks one question after the other; undefined when the person turns away from one. */
export async function answersTo(
  questions: readonly Question[],
  title: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  const answers: Record<string, string> = {};
  for (const [i, question] of questions.entries()) {
    const step = questions.length > 1 ? `${title} (${i + 1}/${questions.length})` : title;
    const answer = await (question.options ? pick(question, question.options, step) : write(question, step));
    if (answer === undefined) {
      return undefined;
    }
    answers[question.id] = answer.trim();
  }
  return answers;
}

async function pick(
  { prompt, value, meanings, isMany }: Question,
  options: readonly string[],
  title: string,
): Promise<string | undefined> {
  const usual = new Set((value ?? '').split(','));
  const items = options.map((option) => ({
    label: meanings?.[option] ?? option,
    option,
    picked: usual.has(option),
  }));
  const shown = { title, placeHolder: prompt, ignoreFocusOut: true };
  if (isMany) {
    const chosen = await vscode.window.showQuickPick(items, { ...shown, canPickMany: true });
    return chosen?.map((c) => c.option).join(',');
  }
  return (await vscode.window.showQuickPick(items, shown))?.option;
}

function write({ prompt, placeholder, value, pattern }: Question, title: string): Thenable<string | undefined> {
  const form = pattern === undefined ? /\S/ : new RegExp(`^(?:${pattern})$`);
  return vscode.window.showInputBox({
    title,
    prompt,
    ignoreFocusOut: true,
    ...(placeholder === undefined ? {} : { placeHolder: placeholder }),
    ...(value === undefined ? {} : { value }),
    validateInput: (text) => (form.test(text.trim()) ? undefined : vscode.l10n.t('Not of the form that is needed.')),
  });
}
