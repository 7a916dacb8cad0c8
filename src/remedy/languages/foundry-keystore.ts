import { say } from '../../words/say';
import type { Keystore, Place } from '../idiom';
import type { Command, TextChange } from '../plan';

const isFoundry = ({ facts: { paths, packageRoot } }: Place) =>
  paths.has('foundry.toml') || paths.has(`${packageRoot}/foundry.toml`);

const BROADCASTS = /\bvm\.(?:startBroadcast|broadcast)\(/g;

/**
 * Changes after which a script signs with the account that it is started with: the key goes out of the one call that
 * broadcasts with it, and so does a variable that has no other use. Undefined where the script does more with the key, or
 * signs with several, for then the account alone would not say which.
 */
function unsigned(text: string, from: number, to: number): readonly TextChange[] | undefined {
  const calls = [...text.matchAll(BROADCASTS)].map((m) => m.index + m[0].length);
  const [call, another] = calls;
  if (call === undefined || another !== undefined) {
    return undefined;
  }
  if (text.slice(call, from).trim() === '' && call <= from && /^\s*\)/.test(text.slice(to))) {
    return [{ start: from, end: to, text: '' }];
  }
  const declared =
    /(?:^|\n)([ \t]*(?:uint256|uint|bytes32)[ \t]+(?:(?:private|internal|public|constant)[ \t]+)*(\w+)[ \t]*=[ \t]*)$/.exec(
      text.slice(0, from),
    );
  const end = /^[ \t]*;[ \t]*\r?\n/.exec(text.slice(to));
  const name = declared?.[2];
  const argument = name && new RegExp(`^\\s*(?:uint256\\(\\s*)?${name}\\s*\\)?\\s*\\)`).test(text.slice(call));
  if (!declared?.[1] || !end || !argument || text.match(new RegExp(`\\b${name}\\b`, 'g'))?.length !== 2) {
    return undefined;
  }
  const close = text.indexOf(')', call);
  const stop = text.slice(call, close).includes('(') ? close + 1 : close;
  return [
    { start: from - declared[1].length, end: to + end[0].length, text: '' },
    { start: call, end: stop, text: '' },
  ];
}

/** The sender is named, so that the script sees the account as msg.sender. Source: Foundry Book, "Key management". */
function scriptWith(file: string, account: string): Command {
  return {
    line: `forge script ${file} --account ${account} --sender "$(cast wallet address --account ${account})" --broadcast`,
    shell: 'posix',
    why: say('signs with the account of the keystore, and asks for its password'),
  };
}

/** The Foundry keystore for a script in Solidity. */
export function scriptKeystore(place: Place): Keystore | undefined {
  const { file, text, finding } = place;
  if (!isFoundry(place) || !file.endsWith('.s.sol') || !unsigned(text, finding.start, finding.end)) {
    return undefined;
  }
  return {
    store: 'foundry-keystore',
    rewrite: ({ text: now, finding: f }) => {
      const [change, ...once] = unsigned(now, f.start, f.end) as [TextChange, ...TextChange[]];
      return { change, once };
    },
    starts: (account) => scriptWith(file, account),
  };
}

/** The Foundry keystore for a command line of `cast` or `forge` in a shell script: `--account` takes the place of the key. */
export function commandKeystore(place: Place): Keystore | undefined {
  const { text, finding } = place;
  const head = text.slice(Math.max(0, finding.start - 2000), finding.start);
  const line =
    head
      .replace(/\\\r?\n/g, '  ')
      .split('\n')
      .at(-1) ?? '';
  const option = /(?<=\s)--private-key(?:=|[ \t]+)(["']?)$/.exec(head);
  const quote = option?.[1] ?? '';
  const isTool =
    /(?:^|[;&|(`]|\$\()\s*(?:\w+=\S*\s+)*(?:forge|cast)\s+(?:send|mktx|script|create|wallet\s+(?:address|sign))\s[^;&|#]*$/.test(
      line,
    );
  const after = text.slice(finding.end);
  if (!option || !isTool || !after.startsWith(quote) || !/^["']?(?:\s|$|[;&|)`])/.test(after)) {
    return undefined;
  }
  const start = finding.start - option[0].length;
  return {
    store: 'foundry-keystore',
    rewrite: (_place, account) => ({
      change: { start, end: finding.end + quote.length, text: `--account ${account}` },
    }),
  };
}
