import readline from 'node:readline/promises';
import type { Question } from '../policy/question';
import { type Io, UsageError } from './io';

/** Asks one line of the person at the terminal; undefined at the end of input. Ctrl+C ends the program. */
export async function askLine(prompt: string): Promise<string | undefined> {
  const lines = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise<string | undefined>((resolve) => {
      lines.once('close', () => resolve(undefined));
      lines.once('SIGINT', () => process.exit(130));
      void lines.question(prompt).then(resolve);
    });
  } finally {
    lines.close();
  }
}

/** Asks each question until its answer has the right form; an empty line takes what is proposed. */
export async function askAll(io: Io, questions: readonly Question[]): Promise<Readonly<Record<string, string>>> {
  const answers: Record<string, string> = {};
  for (const question of questions) {
    answers[question.id] = await askOne(io, question);
  }
  return answers;
}

async function askOne(io: Io, question: Question): Promise<string> {
  const { prompt, value, options, meanings } = question;
  if (meanings) {
    io.err(`${(options ?? []).map((o) => `  ${o}: ${meanings[o] ?? ''}`).join('\n')}\n`);
  }
  const words = options && !meanings ? ` (${options.join(', ')})` : '';
  for (;;) {
    const line = await io.ask?.(`${prompt}${words}${value === undefined ? '' : ` [${value}]`} `);
    if (line === undefined) {
      throw new UsageError('nothing was written.');
    }
    const answer = line.trim() === '' ? (value ?? '') : line.trim();
    const wrong = wrongWith(question, answer);
    if (wrong === undefined) {
      return answer;
    }
    io.err(`${wrong}\n`);
  }
}

/** What is wrong with an answer, as a sentence; undefined when it will do. */
export function wrongWith(
  { options, isMany, pattern, form, placeholder }: Question,
  answer: string,
): string | undefined {
  if (options) {
    const given = isMany ? answer.split(',').map((a) => a.trim()) : [answer];
    const unknown = given.find((a) => !options.includes(a));
    return unknown === undefined ? undefined : `"${unknown}" is none of ${options.join(', ')}.`;
  }
  return new RegExp(`^(?:${pattern ?? '.+'})$`).test(answer)
    ? undefined
    : `"${answer}" does not fit: it must be ${form ?? `of another form${placeholder ? `, such as ${placeholder}` : ''}`}.`;
}
