import type { RunTool, ToolCall } from '../../project/tools';
import { anyOf, say } from '../../words/say';
import type { Refusal } from '../plan';
import type { Attempt, Spot, Store } from './store';

/** The store holds the value now; `already` when it did before. */
export interface Kept {
  readonly kept: 'stored' | 'already';
}

/** The place in the store has another value, which the store gave back. */
export interface Occupied extends Refusal {
  readonly occupied: Spot;
}

const isSame = (output: string, value: string) =>
  output === value || output.replace(/\r?\n$/, '') === value.replace(/\n$/, '');

/**
 * Puts one value into a store and makes sure that it is there: an equal value is left, another one is overwritten only when
 * `replace` asks for it, and what was written is read back where the store gives it back.
 */
export async function storeValue(
  store: Store,
  spot: Spot,
  value: string,
  envFile: string,
  run: RunTool,
  replace = false,
): Promise<Kept | Refusal | Occupied> {
  const writes = (replace && store.replaces?.(spot).writes) || store.writes(spot);
  const attempts = store.encrypts ? [{ call: store.encrypts(envFile, spot.variable) }] : writes;
  const failures: string[] = [];
  let found = false;
  for (const attempt of attempts) {
    const reads = readsOf(store, attempt, spot, envFile);
    const now = store.encrypts ? 'absent' : await present(store, spot, reads, value, run);
    if (now === 'same') {
      return { kept: 'already' };
    }
    if (now === 'other' && !replace) {
      return {
        refused: say(
          "{0} has {1} already, with another value or one that can't be read back.",
          store.title,
          spot.variable,
        ),
        wayOut: say('Find out which value is right. If the store has this one, run again with --stored.'),
        ...(reads ? { occupied: spot } : {}),
      };
    }
    const first = attempt.before && (await run(attempt.before, value, ''));
    const outcome = first && first.status !== 'done' ? first : await run(attempt.call, value, first?.output ?? '');
    if (outcome.status === 'done') {
      const arrived = !reads || (await present(store, spot, reads, value, run)) === 'same';
      return arrived
        ? { kept: 'stored' }
        : {
            refused: say('{0} does not give the value back after it was stored.', store.title),
            wayOut: say('Look at what it holds; the source was not changed.'),
          };
    }
    found ||= outcome.status === 'failed';
    if (outcome.status === 'failed') {
      failures.push(outcome.message);
    }
    if (first?.status === 'done') {
      break; // the thing is there and can't be changed: making another would hide it
    }
  }
  return found
    ? {
        refused: say('The value could not be stored in {0}: {1}', store.title, failures.at(-1)),
        wayOut: say('Mend that and try again; the source was not changed.'),
      }
    : byHand(store, spot, envFile, attempts);
}

/** What a store has for a variable now; undefined when it has nothing, can't say, or can't be asked. */
export async function heldValue(store: Store, spot: Spot, envFile: string, run: RunTool): Promise<string | undefined> {
  const other = store.writes(spot).find((a) => a.reads)?.reads;
  for (const call of [store.reads?.(spot, envFile), other]) {
    const outcome = call && (await run(call, '', ''));
    if (outcome?.status === 'done' && outcome.output.trim() !== '') {
      return store.decoded ? store.decoded(outcome.output) : outcome.output.replace(/\r?\n$/, '');
    }
  }
  return undefined;
}

function byHand(store: Store, spot: Spot, envFile: string, attempts: readonly Attempt[]): Refusal {
  const tools = anyOf([...new Set(attempts.map((a) => a.call.program))]);
  return {
    refused: tools
      ? say('{0} is reached through {1}, which is not installed.', store.title, tools)
      : say("Keyward can't store a value in {0} by itself.", store.title),
    wayOut: say(
      'Store the value with "{0}", then run keyward fix --to {1} --stored.',
      store.shown(spot, envFile),
      store.id,
    ),
  };
}

function readsOf(store: Store, attempt: Attempt, spot: Spot, envFile: string): ToolCall | undefined {
  return attempt.reads ?? store.reads?.(spot, envFile);
}

/** What the store has under the name. */
async function present(
  store: Store,
  spot: Spot,
  reads: ToolCall | undefined,
  value: string,
  run: RunTool,
): Promise<'same' | 'other' | 'absent'> {
  if (reads) {
    const outcome = await run(reads, value, '');
    if (outcome.status !== 'done' || outcome.output.trim() === '') {
      return 'absent';
    }
    return isSame(store.decoded ? store.decoded(outcome.output) : outcome.output, value) ? 'same' : 'other';
  }
  if (store.taken) {
    const outcome = await run(store.taken.call, value, '');
    return outcome.status === 'done' && store.taken.matches(outcome.output, spot) ? 'other' : 'absent';
  }
  return 'absent';
}
