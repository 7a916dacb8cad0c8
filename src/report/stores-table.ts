import { stores } from '../remedy/stores/all';
import { asLine, referenceFor, type Spot, type Store } from '../remedy/stores/store';
import { cell } from './markup';

/** Where fixes can move values, store by store, as a Markdown document: what is called, and how a value travels. */
export function storesTable(): string {
  const lines = [
    '# Where fixes move values',
    '',
    '`keyward fix --to NAME`, or `fixes.store` of the policy. `fixes.referenceTemplate` says where in the store, with `{project}` and `{name}` filled in. Values travel by standard input or a file that only you can read, never as an argument; the source changes when the store has the value. What is called is tested with stand-ins of the tools, not against the services.',
    '',
    'Written by `npm run stores -- --write`; a test keeps it in step.',
    '',
    '| `--to` | store | place by default | the value is written by | and reaches the program by |',
    '|---|---|---|---|---|',
    '| `env` | env file of the package | `.env`, `.env.local` | Keyward, mode 0600 | what loads the file |',
    ...stores.map(row),
    '',
    "From the OS keychain a program takes the value itself where it has a library that finds what was stored: `keyring` of Python, and in Go files that import it `github.com/zalando/go-keyring`, but on Windows, where that has names of its own. The `keyring` crate of Rust, and `@napi-rs/keyring` for Node, which is made of it, look on Linux for a mark that only they write, or in the kernel's keys: such programs get a variable as in the table.",
  ];
  return `${lines.join('\n')}\n`;
}

function row(store: Store): string {
  const template = store.template ?? store.form?.example ?? '';
  const reference = referenceFor(store, template, 'bot', 'X');
  const spot: Spot = { variable: 'X', project: 'bot', reference: typeof reference === 'string' ? reference : template };
  const names = [store.id, ...store.aliases].map((n) => `\`${n}\``).join(', ');
  const place = store.template === undefined ? `none: for example ${code(template)}` : code(template);
  return `| ${names} | ${cell(store.title)} | ${place} | ${written(store, spot)} | ${reached(store, spot)} |`;
}

function written(store: Store, spot: Spot): string {
  const calls = store.encrypts ? [store.encrypts('.env', spot.variable)] : store.writes(spot).map((a) => a.call);
  if (calls.length === 0) {
    return `you: ${code(store.shown(spot, '.env'))}`;
  }
  return calls.map((c) => code(asLine(c).replaceAll('/dev/stdin', 'FILE'))).join(' or ');
}

function reached(store: Store, spot: Spot): string {
  if (store.barred) {
    return cell(`no fix, in compose files neither: ${store.barred.refused} ${store.barred.wayOut}`);
  }
  if (store.keystoreOf) {
    return cell(store.keystoreOf);
  }
  if (store.serves) {
    return `files of ${store.serves.join(', ')} only`;
  }
  const line = store.runner
    ? store.runner('npm start', '.env', spot)
    : `X="$(${asLine(store.reads?.(spot, '.env') ?? { program: 'true', args: [] })})" npm start`;
  return code(line);
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
