import ignore from 'ignore';
import { isEnvFile, isEnvTemplate } from '../../project/env-files';
import { isPlaceholder } from '../../scan/placeholders';
import { isReference } from '../../scan/references';
import { isTestPath } from '../file-class';
import { dockerfiles, type Instruction, instructions } from '../formats/dockerfile';
import { documentsOf } from '../formats/read';
import { at, entriesOf, entryOf, mapsIn, textOf } from '../formats/tree';
import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { isShippedDefault } from './known-keys';
import { literalObservations, namedLiterals, secretsIn } from './literals';

const SECRET_NAME =
  /(?:^|_)(?:API_?KEY|ACCESS_?KEY|SECRET(?:_?KEY)?|PRIVATE_?KEY|PASSPHRASE|PASSWORD|MNEMONIC|SEED(?:_PHRASE)?|TOKEN|CREDENTIALS?|SIGNING_?KEY)$/i;

const SECRET_FILE =
  /(?:^|[\s/"'[,])(?:\.env(?:\.(?!example|sample|template)[\w-]+)?|[\w.-]+\.(?:pem|key|p12|pfx|jks)|config-private[\w.-]*\.json|keystore\/?|id_(?:rsa|ed25519))(?=[\s"',\]]|$)/;

/** Literals that are handed to an image build, secret files that are copied into it, and unguarded `COPY .`. */
export function imageBuild(project: ProjectTexts): Observation[] {
  const out: Observation[] = [];
  for (const file of dockerfiles(project)) {
    const literals = literalObservations(file, 'secretInImageBuild', () => 'fail');
    out.push(...literals);
    const lines = new Set(literals.map((o) => o.line));
    for (const i of instructions(file.text)) {
      if (i.name === 'ENV' || i.name === 'ARG') {
        out.push(...namedValues(file, i, lines));
      } else if (i.name === 'COPY' || i.name === 'ADD') {
        const sources = i.rest.replace(/--\S+\s*/g, '').trim();
        const words = sources.startsWith('[')
          ? sources
              .replace(/[[\]",]/g, ' ')
              .trim()
              .split(/\s+/)
          : sources.split(/\s+/);
        const from = words.slice(0, -1);
        if (/--from=/.test(i.rest)) {
          continue;
        }
        if (from.some((w) => SECRET_FILE.test(` ${w}`))) {
          out.push(seen(file, i.start, 'secretInImageBuild', 'fail'));
        } else if (from.some((w) => w === '.' || w === './') && !isTestPath(file.path)) {
          const guard = unguarded(project, file);
          if (guard) {
            out.push(seen(file, i.start, 'secretInImageBuild', guard));
          }
        }
      } else if (i.name === 'RUN' && /\becho\b[^|;&]*(?:=|KEY|SECRET)[^|;&]*>\s*\S*\.env\b/.test(i.rest)) {
        out.push(seen(file, i.start, 'secretInImageBuild', 'fail'));
      }
    }
  }
  return out;
}

function namedValues(file: ProjectText, { name, rest, start }: Instruction, told: ReadonlySet<number>): Observation[] {
  const out: Observation[] = [];
  const pairs =
    name === 'ENV' && !/^[\w.-]+=/.test(rest)
      ? [/^([\w.-]+)\s+(.*)$/.exec(rest)?.slice(1, 3) ?? []]
      : [...rest.matchAll(/([\w.-]+)(?:=("[^"]*"|'[^']*'|\S*))?/g)].map((m) => [m[1] as string, m[2]]);
  for (const [variable, raw] of pairs) {
    if (!variable || !SECRET_NAME.test(variable)) {
      continue;
    }
    const value = raw?.replace(/^["']|["']$/g, '') ?? '';
    const at = file.text.indexOf(variable, start);
    if (value === '') {
      if (name === 'ARG') {
        out.push(seen(file, at, 'secretInImageBuild', 'warn'));
      }
    } else if (
      !isReference(value) &&
      !isPlaceholder(value) &&
      !isShippedDefault(value) &&
      !told.has(file.at(at).line)
    ) {
      out.push(seen(file, at, 'secretInImageBuild', 'fail', { confidence: 'medium' }));
    }
  }
  return out;
}

/** What a `COPY .` would take along: nothing when `.dockerignore` guards it. */
function unguarded(project: ProjectTexts, file: ProjectText): 'fail' | 'warn' | undefined {
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
  const rules = project.text(`${folder}.dockerignore`) ?? project.text('.dockerignore');
  if (rules) {
    const matcher = ignore().add(rules.text);
    if (matcher.ignores('.env') && (matcher.ignores('.git/config') || matcher.ignores('.git'))) {
      return undefined;
    }
    if (matcher.ignores('.env')) {
      return 'warn';
    }
  }
  const envs = project.entries.some((e) => {
    const text = project.text(e.path);
    return (
      isEnvFile(e.path) &&
      !isEnvTemplate(e.path) &&
      !isTestPath(e.path) &&
      e.path.startsWith(folder) &&
      (e.ignored ||
        /(?:^|\/)\.env[^/]*$/.test(e.path) ||
        !text ||
        secretsIn(text).length > 0 ||
        namedLiterals(text).length > 0)
    );
  });
  return envs ? 'fail' : 'warn';
}

/** Values that a bake file hands to builds: arguments stay in the image's history, whoever sets them. */
export function bakeArguments(project: ProjectTexts): Observation[] {
  return project
    .of('container')
    .filter((f) => /(?:^|\/)docker-bake[\w.-]*\.(?:hcl|json)$/.test(f.path))
    .flatMap((file) => {
      const literals = literalObservations(file, 'secretInImageBuild', () => 'fail');
      const told = new Set(literals.map((o) => o.line));
      const maps = documentsOf(file).trees.flatMap(mapsIn);
      const named = maps.flatMap((map) => entriesOf(at(map, 'args'))).filter((e) => SECRET_NAME.test(e.key));
      const defaults = maps
        .flatMap((m) => m.entries)
        .flatMap(({ key, value }) =>
          key === 'variable' && value.kind === 'map' && SECRET_NAME.test(value.labels?.[0] ?? '')
            ? (entryOf(value, 'default') ?? [])
            : [],
        );
      const given = [...named, ...defaults].map((entry) => ({ entry, isDefault: !named.includes(entry) }));
      const seenHere = given.flatMap(({ entry, isDefault }): Observation[] => {
        const value = textOf(entry.value);
        const isLiteral =
          entry.value.kind === 'scalar' &&
          !entry.value.computed &&
          value.length >= 6 &&
          !/\$\{/.test(value) &&
          !isReference(value) &&
          !isPlaceholder(value);
        return told.has(file.at(entry.at).line) || (isDefault && !isLiteral)
          ? []
          : [seen(file, entry.at, 'secretInImageBuild', isLiteral ? 'fail' : 'warn', { confidence: 'medium' })];
      });
      return [...literals, ...seenHere];
    });
}

/** Literals in compose files, `build.args` included. */
export function composeLiterals(project: ProjectTexts): Observation[] {
  return project
    .of('container')
    .filter((f) => /\.ya?ml$/.test(f.path))
    .flatMap((file) => {
      const literals = literalObservations(file, 'secretInCompose', () => 'fail');
      const told = new Set(literals.map((o) => o.line));
      const named = [
        ...file.text.matchAll(/^[ \t]*(?:-[ \t]+)?["']?([A-Za-z_][\w.-]*)["']?[ \t]*(?::[ \t]+|=)[ \t]*(.+)$/gm),
      ]
        .filter((m) => SECRET_NAME.test(m[1] as string))
        .map((m) => ({
          m,
          value: (m[2] as string)
            .replace(/\s+#.*$/, '')
            .trim()
            .replace(/^["']|["']$/g, ''),
        }))
        .filter(({ value }) => value.length >= 6 && !isReference(value) && !/\$\{/.test(value) && !isPlaceholder(value))
        .filter(({ value }) => !isShippedDefault(value))
        .filter(({ m }) => !/_FILE$/.test(m[1] as string))
        .map(({ m }) => ({ at: m.index + m[0].indexOf(m[1] as string) }))
        .filter(({ at }) => !told.has(file.at(at).line));
      return [
        ...literals,
        ...named.map(({ at }) => seen(file, at, 'secretInCompose', 'fail', { confidence: 'medium' })),
      ];
    });
}
