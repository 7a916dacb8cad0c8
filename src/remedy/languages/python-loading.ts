import { say } from '../../words/say';
import { importedSchema } from '../env-schema';
import type { Loading, Place } from '../idiom';
import type { FileChange } from '../plan';
import { importPlace } from './python-imports';

const LOADS = /load_dotenv\s*\(|find_dotenv|read_env\s*\(|env_file\s*=|environ\.Env|decouple|dotenv_values/;

/** What loads the env file into a Python program, and what would. */
export function pythonLoading(place: Place, envFile: string): Loading {
  const { facts, text, file } = place;
  const name = envFile.slice(envFile.lastIndexOf('/') + 1);
  const run = file.slice(facts.packageRoot ? facts.packageRoot.length + 1 : 0);
  const loaded =
    LOADS.test(text) ||
    LOADS.test(importedSchema(place)?.text ?? '') ||
    [...facts.paths].some((p) => p.endsWith('.envrc'));
  const commands = [
    {
      line: `set -a; . ./${name}; set +a; python ${run}`,
      shell: 'posix' as const,
      why: say("loads {0} into the program's environment", name),
    },
    {
      line: `Get-Content ${name} | Where-Object { $_ -match '^\\w+=' } | ForEach-Object { $k, $v = $_ -split '=', 2; Set-Item "Env:$k" $v.Trim("'""") }; python ${run}`,
      shell: 'powershell' as const,
      why: say("loads {0} into the program's environment", name),
    },
  ];
  if (loaded || !/python-dotenv/i.test(facts.pythonDependencies)) {
    return { loaded, commands };
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const at = importPlace(text);
  const after = at + importBlock(text.slice(at));
  const changes: FileChange[] = [
    {
      file,
      purpose: 'loader',
      changes: [
        { start: at, end: at, text: `from dotenv import load_dotenv${eol}` },
        { start: after, end: after, text: `${eol}load_dotenv()${eol}` },
      ],
    },
  ];
  return { loaded, commands, changes, added: say('with {0}', 'load_dotenv()') };
}

/** Length of the imports at the head of a text, up to the last one's line end. */
function importBlock(text: string): number {
  const step = /(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:import|from)[ \t][^\n(]*(?:\([^)]*\)[^\n]*)?(?:\r?\n|$)/y;
  let end = 0;
  while (step.test(text)) {
    end = step.lastIndex;
  }
  return end;
}
