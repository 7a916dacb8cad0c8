import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
} from 'yaml';
import { decodeText } from '../../project/text-encoding';
import { entropy, isPlaceholder } from '../../scan/placeholders';
import { isReference } from '../../scan/references';
import { scanText } from '../../scan/scan';
import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { isShippedDefault } from './known-keys';
import { literalObservations } from './literals';

const SECRET_NAME =
  /(?:^|[_.-])?(?:api[-_.]?key|access[-_.]?key|secret(?:[-_.]?key)?|private[-_.]?key|passphrase|password|mnemonic|seed(?:[-_.]?phrase)?|token|credentials?|signing[-_.]?key|dsn)$/i;

/** What Kubernetes, Helm and Kustomize files hold, read as YAML with all its documents. */
export function kubernetesLiterals(project: ProjectTexts): {
  readonly observations: readonly Observation[];
  readonly unread: readonly string[];
} {
  const observations: Observation[] = [];
  const unread: string[] = [];
  for (const file of project.of('k8s')) {
    const told = new Set<number>();
    const add = (o: Observation) => {
      if (!told.has(o.line)) {
        told.add(o.line);
        observations.push(o);
      }
    };
    const isTemplate = /\{\{/.test(file.text) && /(?:^|\/)templates\//.test(file.path);
    for (const o of literalObservations(file, 'secretManifestLiteral', () => 'fail')) {
      if (o.rule !== undefined || isTemplate) {
        add(o);
      }
    }
    if (isTemplate) {
      continue; // a Helm template is no YAML; its literals have been found above
    }
    const counter = new LineCounter();
    const documents = parseAllDocuments(file.text, { lineCounter: counter, logLevel: 'silent' });
    const list = Array.isArray(documents) ? documents : [];
    if (list.some((d) => d.errors.length > 0)) {
      unread.push(file.path);
      continue;
    }
    for (const document of list) {
      if (isMap(document.contents)) {
        manifest(file, document.contents, add);
      }
    }
  }
  return { observations, unread };
}

function text(map: YAMLMap, key: string): string {
  const value = map.get(key);
  return typeof value === 'string' ? value : '';
}

function offset(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}

function manifest(file: ProjectText, map: YAMLMap, add: (o: Observation) => void): void {
  const kind = text(map, 'kind');
  if (
    /^(?:SealedSecret|ExternalSecret|ClusterExternalSecret|SecretProviderClass|SecretStore)$/.test(kind) ||
    map.has('sops')
  ) {
    return;
  }
  if (kind === 'Secret') {
    for (const section of ['data', 'stringData']) {
      const values = map.get(section, true);
      if (isMap(values)) {
        for (const pair of values.items) {
          secretValue(file, pair, section === 'data', add);
        }
      }
    }
  } else if (kind === 'ConfigMap') {
    const values = map.get('data', true);
    if (isMap(values)) {
      named(file, values, add);
    }
  } else if (/(?:^|\/)values[\w.-]*\.ya?ml$/.test(file.path)) {
    walk(map, (inner) => named(file, inner, add));
  }
  const generators = map.get('secretGenerator', true);
  if (isSeq(generators)) {
    for (const generator of generators.items) {
      if (isMap(generator)) {
        const literals = generator.get('literals', true);
        if (isSeq(literals)) {
          for (const item of literals.items) {
            const [, value = ''] = String(isScalar(item) ? item.value : '').split(/=(.*)/s);
            if (value && !isReference(value) && !isPlaceholder(value)) {
              add(seen(file, offset(item), 'secretManifestLiteral', 'fail'));
            }
          }
        }
        if (generator.has('envs') || generator.has('env')) {
          add(seen(file, offset(generator), 'secretManifestLiteral', 'warn'));
        }
      }
    }
  }
  walk(map, (inner) => {
    const name = inner.get('name');
    const value = inner.get('value', true);
    if (typeof name === 'string' && SECRET_NAME.test(name) && isScalar(value) && typeof value.value === 'string') {
      literal(file, value, value.value, add);
    }
  });
}

function secretValue(file: ProjectText, pair: Pair, encoded: boolean, add: (o: Observation) => void): void {
  const node = pair.value;
  if (!isScalar(node) || typeof node.value !== 'string' || node.value.trim() === '') {
    return;
  }
  let value = node.value.trim();
  if (encoded) {
    try {
      const bytes = Uint8Array.from(atob(value.replace(/\s/g, '')), (c) => c.charCodeAt(0));
      value = decodeText(bytes)?.text.trim() ?? value;
    } catch {
      return; // not base64: Kubernetes refuses it, too
    }
  }
  if (value === '' || isReference(value) || /^(?:ENC\[|encrypted:)/.test(value)) {
    return;
  }
  const known = scanText(value, {}).findings.some((f) => f.state === 'secret');
  const name = isScalar(pair.key) ? String(pair.key.value) : '';
  const plain = value.length < 16 || entropy(value) < 3.2 || /^[a-z]+:\/\/[^@]*$/.test(value);
  if (!known && plain && !SECRET_NAME.test(name) && !isPlaceholder(value)) {
    return; // a user's name or a level of logging beside the secret
  }
  const outcome = !known && isPlaceholder(value) ? 'warn' : 'fail';
  add(seen(file, offset(node), 'secretManifestLiteral', outcome, { confidence: known ? 'high' : 'medium' }));
}

function literal(file: ProjectText, node: unknown, value: string, add: (o: Observation) => void): void {
  if (
    value.length >= 8 &&
    !isReference(value) &&
    !isPlaceholder(value) &&
    !isShippedDefault(value) &&
    !/^\$\(|^\{\{|^https?:\/\/[^@]*$/.test(value)
  ) {
    add(seen(file, offset(node), 'secretManifestLiteral', 'fail', { confidence: 'medium' }));
  }
}

function named(file: ProjectText, map: YAMLMap, add: (o: Observation) => void): void {
  for (const pair of map.items) {
    if (
      isPair(pair) &&
      isScalar(pair.key) &&
      SECRET_NAME.test(String(pair.key.value)) &&
      isScalar(pair.value) &&
      typeof pair.value.value === 'string'
    ) {
      literal(file, pair.value, pair.value.value, add);
    }
  }
}

/** Every mapping of a document; aliases are not followed, so that nothing is seen twice. */
function walk(node: unknown, visit: (map: YAMLMap) => void): void {
  if (isMap(node)) {
    visit(node);
    for (const pair of node.items) {
      walk(pair.value, visit);
    }
  } else if (isSeq(node)) {
    for (const item of node.items) {
      walk(item, visit);
    }
  }
}
