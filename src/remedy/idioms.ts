import { formats } from './formats/all';
import type { Idiom } from './idiom';
import { cFamily } from './languages/c';
import { csharp } from './languages/csharp';
import { dart } from './languages/dart';
import { elixir } from './languages/elixir';
import { fsharp } from './languages/fsharp';
import { go } from './languages/go';
import { java } from './languages/java';
import { javascript } from './languages/javascript';
import { kotlin } from './languages/kotlin';
import { lua } from './languages/lua';
import { perl } from './languages/perl';
import { php } from './languages/php';
import { powershell } from './languages/powershell';
import { python } from './languages/python';
import { ruby } from './languages/ruby';
import { rust } from './languages/rust';
import { scala } from './languages/scala';
import { shell } from './languages/shell';
import { solidity } from './languages/solidity';
import { swift } from './languages/swift';

/** The idioms, most particular first: the first that applies to a file is used. */
export const idioms: readonly Idiom[] = [
  ...formats,
  javascript,
  python,
  shell,
  go,
  rust,
  csharp,
  java,
  kotlin,
  scala,
  ruby,
  php,
  powershell,
  cFamily,
  perl,
  lua,
  elixir,
  swift,
  dart,
  fsharp,
  solidity,
];

/** The idiom of a text, or undefined where nothing is known to read a variable. */
export function idiomOf(file: string, languageId: string | undefined, text: string): Idiom | undefined {
  return idioms.find((idiom) => idiom.applies(file, languageId, text));
}
