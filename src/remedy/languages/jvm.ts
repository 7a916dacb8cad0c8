import { say } from '../../words/say';
import type { Spot } from '../code-place';
import { lineEndOf } from '../env-file';
import type { Loading, Place } from '../idiom';
import { inPackage, isLoadedAround, manifestText, shellCommands } from '../loading-commands';
import type { Refusal, TextChange } from '../plan';

const BUILDS = /^(?:pom\.xml|build\.gradle(?:\.kts)?|build\.sbt)$/;

/** Code of an app runs on phones: what it holds, its users can read, and there is no environment there. */
export function inApp({ facts, file, code }: Spot): Refusal | undefined {
  const app =
    /com\.android\.(?:application|library)/.test(manifestText(facts, BUILDS)) || /\bimport\s+androidx?\./.test(code);
  const build = /\.gradle(?:\.kts)?$/.test(file) && /\b(?:buildConfigField|resValue|manifestPlaceholders)\b/.test(code);
  return app || build
    ? {
        refused: say('This is an Android app: its code is shipped to phones.'),
        wayOut: say('Call the provider from a server of yours, and let the app call that server.'),
      }
    : undefined;
}

/** `import` of a class, sorted in among the others, or after the package's line. */
export function importOf(spot: Spot, name: string, end: string): TextChange[] {
  const { text, code } = spot;
  const group = name.slice(0, name.lastIndexOf('.'));
  if (
    new RegExp(
      `^import\\s+${group.replaceAll('.', '\\.')}\\.(?:\\*|_|${name.slice(group.length + 1)})\\s*;?[ \\t]*$`,
      'm',
    ).test(code)
  ) {
    return [];
  }
  const eol = lineEndOf(text);
  const line = `import ${name}${end}${eol}`;
  const imports = [...code.matchAll(/^import[ \t]+(?!static\b)([\w.*]+)[^\n]*(?:\n|$)/gm)];
  const next = imports.find((m) => (m[1] as string) > name);
  const last = imports.at(-1);
  if (next) {
    return [{ start: next.index, end: next.index, text: line }];
  }
  if (last) {
    const at = last.index + last[0].length;
    return [{ start: at, end: at, text: line }];
  }
  const clause = /^package[ \t]+[\w.]+[^\n]*(?:\n|$)/m.exec(code);
  const head = /^(?:[ \t]*\r?\n)*/.exec(code)?.[0].length ?? 0;
  const at = clause ? clause.index + clause[0].length : head;
  return [{ start: at, end: at, text: clause ? `${eol}${line}` : `${line}${eol}` }];
}

/** The variable of dotenv-java or dotenv-kotlin in this file: what it reads never reaches System.getenv. */
export function dotenvOf(code: string): string | undefined {
  return /\b(?:Dotenv|val|var)\s+(\w+)\s*(?::\s*Dotenv\s*)?=\s*(?:Dotenv\s*\.\s*(?:load|configure)|dotenv\s*[({])/.exec(
    code,
  )?.[1];
}

/** How a program of the JVM gets its variables: by its environment, for it reads no env file of itself. */
export function jvmLoading(place: Place, envFile: string): Loading {
  const { facts, text, file } = place;
  const build = manifestText(facts, BUILDS);
  const loaded = isLoadedAround(facts) || dotenvOf(text) !== undefined;
  const has = (name: string) => facts.paths.has(facts.packageRoot ? `${facts.packageRoot}/${name}` : name);
  const boot = /spring-boot/.test(build);
  const gradle = has('gradlew') ? './gradlew' : 'gradle';
  const maven = has('mvnw') ? './mvnw' : 'mvn';
  const plain = file.endsWith('.java')
    ? `java ${inPackage(place)}`
    : file.endsWith('.scala')
      ? 'sbt run'
      : `${gradle} run`;
  const run = has('pom.xml')
    ? `${maven} ${boot ? 'spring-boot:run' : 'compile exec:java'}`
    : has('build.gradle') || has('build.gradle.kts')
      ? `${gradle} ${boot ? 'bootRun' : 'run'}`
      : has('build.sbt')
        ? 'sbt run'
        : plain;
  return { loaded, commands: shellCommands(envFile, run) };
}
