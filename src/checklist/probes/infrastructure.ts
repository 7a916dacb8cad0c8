import { isPlaceholder } from '../../scan/placeholders';
import { isReference } from '../../scan/references';
import { type Observation, seen, seenFile } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { withoutComments } from './code';
import { literalObservations } from './literals';

const SECRET_NAME =
  /(?:api_?key|access_?key|secret(?:_?key)?|private_?key|passphrase|password|mnemonic|seed(?:_phrase)?|token|credentials?)$/i;

/** Terraform blocks `variable "x" { ... }`, by balanced braces. */
function blocks(
  text: string,
  kind: string,
): { readonly name: string; readonly body: string; readonly start: number }[] {
  const out = [];
  for (const m of text.matchAll(new RegExp(`^[ \\t]*${kind}[ \\t]+"([^"]+)"[^{\\n]*\\{`, 'gm'))) {
    let depth = 1;
    let i = m.index + m[0].length;
    for (; i < text.length && depth > 0; i++) {
      depth += text[i] === '{' ? 1 : text[i] === '}' ? -1 : 0;
    }
    out.push({ name: m[1] as string, body: text.slice(m.index + m[0].length, i - 1), start: m.index });
  }
  return out;
}

const isTerraform = (f: ProjectText) => /\.(?:tf|tofu)$/.test(f.path);

/** Literals in infrastructure code, and state files that git tracks. */
export function infrastructureLiterals(project: ProjectTexts): Observation[] {
  const out: Observation[] = [];
  for (const entry of project.entries) {
    if (/\.tfstate(?:\.|$)/.test(entry.path) && project.isTracked(entry.path)) {
      out.push(seenFile(entry.path, 'iacLiteralSecret', 'fail'));
    }
  }
  for (const file of project.of('iac')) {
    if (/\.tfstate/.test(file.path)) {
      continue;
    }
    const outcome = file.local ? 'warn' : 'fail';
    const literals = literalObservations(file, 'iacLiteralSecret', () => outcome);
    const told = new Set(literals.map((o) => o.line));
    out.push(...literals);
    const text = withoutComments(file);
    for (const block of isTerraform(file) ? blocks(text, 'variable') : []) {
      const value = /\bdefault\s*=\s*"([^"]{6,})"/.exec(block.body);
      if (SECRET_NAME.test(block.name) && value?.[1] && !isReference(value[1]) && !isPlaceholder(value[1])) {
        const at = file.text.indexOf(value[0], block.start);
        if (!told.has(file.at(at).line)) {
          out.push(seen(file, at, 'iacLiteralSecret', outcome, { confidence: 'medium' }));
        }
      }
    }
    for (const m of text.matchAll(/^[ \t]*"?([\w.-]+)"?[ \t]*[=:][ \t]*"?([^"\s{}[\],]{8,})"?[ \t]*$/gm)) {
      const [whole, name = '', value = ''] = m;
      const at = m.index + whole.indexOf(name);
      if (
        SECRET_NAME.test(name) &&
        !isReference(value) &&
        !isPlaceholder(value) &&
        !/^(?:var|local|data|module|each|random_|aws_|google_|azurerm_|vault_|true|false|null|!|secure:|\$|self:|ssm:|cf:)/.test(
          value,
        ) &&
        !told.has(file.at(at).line)
      ) {
        told.add(file.at(at).line);
        out.push(seen(file, at, 'iacLiteralSecret', outcome, { confidence: 'medium' }));
      }
    }
  }
  return out;
}

/** Secret variables that are not marked, and state without an encrypted remote backend. */
export function infrastructureHygiene(project: ProjectTexts): Observation[] {
  const out: Observation[] = [];
  const terraform = project.of('iac').filter(isTerraform);
  for (const file of terraform) {
    const text = withoutComments(file);
    for (const kind of ['variable', 'output']) {
      for (const block of blocks(text, kind)) {
        if (SECRET_NAME.test(block.name) && !/\b(?:sensitive|ephemeral)\s*=\s*true\b/.test(block.body)) {
          out.push(seen(file, block.start, 'iacSecretHygiene', 'warn'));
        }
      }
    }
  }
  const [first] = terraform;
  if (first) {
    const all = terraform.map((f) => ({ f, text: withoutComments(f) }));
    const backend = all.flatMap(({ f, text }) => blocks(text, 'backend').map((b) => ({ f, b })))[0];
    const cloud = all.some(({ text }) => /\bcloud\s*\{/.test(text));
    if (!backend && !cloud) {
      out.push(seenFile(first.path, 'iacSecretHygiene', 'warn'));
    } else if (backend && backend.b.name === 's3' && !/\bencrypt\s*=\s*true\b/.test(backend.b.body)) {
      out.push(seen(backend.f, backend.b.start, 'iacSecretHygiene', 'warn'));
    } else if (backend && backend.b.name === 'local') {
      out.push(seen(backend.f, backend.b.start, 'iacSecretHygiene', 'warn'));
    }
  }
  return out;
}
