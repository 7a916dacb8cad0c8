import { say } from '../../words/say';
import { codeIdiom, notAString } from '../code-idiom';
import { codeBefore, openings, type Spot } from '../code-place';
import type { FixRow, Loading, Rewrite } from '../idiom';
import type { Lexicon } from '../lexicon';
import type { Refusal, TextChange } from '../plan';
import { scriptKeystore } from './foundry-keystore';

const lexicon: Lexicon = {
  line: ['//'],
  block: [['/*', '*/']],
  strings: [{ open: /(?:hex|unicode)?["']/y, close: (open) => open.slice(-1), escape: '\\' }],
};

/** The reader of Foundry's cheat codes that gives a value of this place's type. Source: Foundry book, cheat codes, env. */
function reader(spot: Spot): 'envUint' | 'envBytes32' | 'envString' | undefined {
  const before = codeBefore(spot);
  const declared =
    /\b(uint(?:256)?|bytes32|string)\b[^;{}=(]*=$/.exec(before)?.[1] ?? /\b(uint256|uint|bytes32)\($/.exec(before)?.[1];
  if (declared) {
    return declared === 'bytes32' ? 'envBytes32' : declared === 'string' ? 'envString' : 'envUint';
  }
  const callee = openings(spot.code, spot.start)[0]?.before ?? '';
  return /\bvm\.(?:startBroadcast|broadcast|addr|sign|rememberKey|createWallet)$/.test(callee) ? 'envUint' : undefined;
}

function bar(spot: Spot): Refusal | undefined {
  const { code, start, variable } = spot;
  if (!/\bis\b[^{]*\b\w*(?:Script|Test)\w*\b[^{]*\{|\bvm\.\w+\(|forge-std/.test(code + spot.text.slice(0, 2000))) {
    return {
      refused: say('A contract has no environment, and all that it holds is public.'),
      wayOut: say(
        'Remove the value; give it to what deploys the contract: a script that reads vm.envString("{0}").',
        variable,
      ),
    };
  }
  const pure = openings(code, start).some(
    (o) => o.mark === '{' && /\bfunction\b[^;{}]*\bpure\b[^;{}]*$/.test(o.before),
  );
  return pure
    ? { refused: say('A pure function can read no variable.'), wayOut: say('Make it view, then move the value.') }
    : undefined;
}

/** `constant` and `immutable` want a value that is known when the contract is compiled. */
function variableOf({ code, start }: Spot): TextChange[] {
  const statement = /[^;{}]*$/.exec(code.slice(Math.max(0, start - 300), start))?.[0] ?? '';
  const m = /\b(?:constant|immutable)\s+/.exec(statement);
  const at = start - statement.length + (m?.index ?? 0);
  return m ? [{ start: at, end: at + m[0].length, text: '' }] : [];
}

const placed = (spot: Spot, text: string): Rewrite => ({
  change: { start: spot.start, end: spot.end, text },
  once: variableOf(spot),
});

const loading = (): Loading => ({
  loaded: true,
  commands: [{ line: 'forge script', shell: 'any', why: say('Foundry reads .env of the project by itself') }],
});

const row = (place: string, result: string, proof: FixRow['proof']): FixRow => ({
  language: 'Solidity scripts',
  place,
  result,
  proof,
});

export const solidity = codeIdiom({
  id: 'solidity',
  files: /\.sol$/,
  languageIds: ['solidity'],
  lexicon,
  bar,
  fallbacks: [
    {
      before: /vm\.envOr\(\s*"(\w+)"\s*,\s*(?:(?:uint256|uint|bytes32|string)\(\s*)?$/,
      after: /\s*\)?\s*\)/y,
      text: (m, spot) =>
        `vm.${/bytes32\(/.test(m[0]) ? 'envBytes32' : /["']$/.test(spot.text.slice(0, spot.end)) ? 'envString' : 'envUint'}("${m[1]}")`,
    },
  ],
  whole: (spot) =>
    /^hex/.test(spot.text.slice(spot.literal.start, spot.literal.open))
      ? {
          refused: say('A text of hex digits has a type of its own.'),
          wayOut: say('Read vm.envBytes("{0}"), with 0x before the value.', spot.variable),
        }
      : placed(spot, `vm.envString("${spot.variable}")`),
  part: (spot, from, to) => {
    const { text, literal, variable } = spot;
    const head = text.slice(literal.start, literal.open);
    const tail = text.slice(literal.close, literal.end);
    const before = text.slice(literal.open, from);
    const after = text.slice(to, literal.close);
    const parts = [
      ...(before ? [head + before + tail] : []),
      `vm.envString("${variable}")`,
      ...(after ? [head + after + tail] : []),
    ];
    return placed(spot, `string.concat(${parts.join(', ')})`);
  },
  bare: (spot) => {
    const read = reader(spot);
    return read ? placed(spot, `vm.${read}("${spot.variable}")`) : notAString;
  },
  keystore: scriptKeystore,
  loading,
  rows: [
    row('number', 'uint256 key = vm.envUint("X");', 'parse'),
    row('constant', 'bytes32 key = vm.envBytes32("X");', 'parse'),
    row('argument of a cheat code', 'vm.startBroadcast(vm.envUint("X"));', 'parse'),
    row('text', 'vm.envString("X")', 'parse'),
    row('part of a URL', 'string.concat("https://…/v3/", vm.envString("X"))', 'parse'),
    row('literal fallback', 'vm.envUint("X")', 'parse'),
    row('contract', 'give the value to what deploys the contract', 'refused'),
    row('pure function', 'make it view', 'refused'),
  ],
});
