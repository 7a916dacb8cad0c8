import { isTestPath } from '../file-class';
import { type ComposeService, composeServices } from '../formats/compose';
import { type BuildStage, buildStages, dockerfiles } from '../formats/dockerfile';
import { chartValues } from '../formats/helm';
import { containersOf, manifests, podOf } from '../formats/kubernetes';
import { at, entriesOf, isTrue, itemsOf, mapsIn, type Tree, textOf } from '../formats/tree';
import { hasKeys } from '../key-references';
import { type Observation, seen, seenFile } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { isSecretName } from '../secret-names';

/** `root` or `0`, whatever the group. */
const ROOT = /^(?:root|0+)(?::|$)/;

/** Whether images run as another user than root. */
export function containerUsers(project: ProjectTexts): readonly Observation[] {
  const keys = hasKeys(project);
  return dockerfiles(project)
    .filter((f) => !isTestPath(f.path))
    .flatMap((file): Observation[] => {
      const stages = buildStages(file.text);
      const last = stages.at(-1);
      if (!last) {
        return [];
      }
      const user = userOf(last, stages);
      if (user === undefined) {
        const ready = /(?:^|[:@/-])nonroot\b|distroless\/[\w.-]+:[\w.-]*nonroot/.test(baseOf(last, stages).image);
        return [seen(file, last.start, 'containerUser', ready ? 'pass' : 'warn')];
      }
      const outcome = !ROOT.test(user.name) ? 'pass' : keys ? 'fail' : 'warn';
      return [seen(file, user.start, 'containerUser', outcome)];
    });
}

function baseOf(stage: BuildStage, stages: readonly BuildStage[]): BuildStage {
  const earlier = stages.find((s) => s !== stage && s.alias !== undefined && s.alias === stage.image);
  return earlier ? baseOf(earlier, stages.slice(0, stages.indexOf(stage))) : stage;
}

function userOf(stage: BuildStage, stages: readonly BuildStage[]): { name: string; start: number } | undefined {
  const own = stage.instructions.filter((i) => i.name === 'USER').at(-1);
  if (own) {
    return { name: own.rest.replace(/\$\{\w+:-([^}]*)\}/, '$1'), start: own.start };
  }
  const index = stages.indexOf(stage);
  const earlier = stages.slice(0, index).find((s) => s.alias !== undefined && s.alias === stage.image);
  return earlier && userOf(earlier, stages.slice(0, index));
}

/** Images that serve others and get no key of their own. */
const INFRASTRUCTURE =
  /(?:^|\/)(?:postgres|postgis|timescaledb|redis|valkey|mysql|mariadb|mongo|nginx|traefik|caddy|haproxy|prometheus|grafana|loki|promtail|watchtower|portainer|rabbitmq|nats|kafka|zookeeper|influxdb|clickhouse\S*|jaeger|otel\S*|node-exporter|cadvisor|autoheal|dozzle)(?:[:@]|$)/i;

/** Whether a service is handed keys: by name, by an env file, as a secret, or because it runs the project's own code. */
function receivesKeys(service: ComposeService, keys: boolean): boolean {
  return (
    service.variables.some((v) => isSecretName(v.name)) ||
    service.envFiles.length > 0 ||
    at(service.body, 'secrets') !== undefined ||
    (keys && !INFRASTRUCTURE.test(textOf(at(service.body, 'image'))))
  );
}

/** Rights of compose services that let them out of their container. */
export function composePrivileges(project: ProjectTexts): readonly Observation[] {
  const keys = hasKeys(project);
  return composeServices(project).flatMap((service) => {
    const { file, body } = service;
    const wide = receivesKeys(service, keys) ? 'fail' : 'warn';
    const out: Observation[] = [];
    const add = (tree: Tree | undefined, outcome: Observation['outcome']) => {
      if (tree) {
        out.push(seen(file, tree.at, 'composePrivileges', outcome));
      }
    };
    const entry = (key: string, fits: (t: Tree) => boolean) => {
      const value = at(body, key);
      return value && fits(value) ? value : undefined;
    };
    add(entry('privileged', isTrue), wide);
    add(
      entry('pid', (t) => textOf(t) === 'host'),
      wide,
    );
    add(
      entry('user', (t) => ROOT.test(textOf(t))),
      wide,
    );
    add(
      entry('network_mode', (t) => textOf(t) === 'host'),
      'warn',
    );
    add(
      itemsOf(at(body, 'cap_add')).find((t) => /^(?:ALL|SYS_ADMIN)$/i.test(textOf(t))),
      wide,
    );
    add(
      itemsOf(at(body, 'volumes')).find((t) => /docker\.sock/.test(textOf(t) || textOf(at(t, 'source')))),
      wide,
    );
    return out;
  });
}

/** Settings of pods that receive secrets. What is wide open fails, what is missing warns. */
export function podHardening(project: ProjectTexts): readonly Observation[] {
  return manifests(project).flatMap((manifest): Observation[] => {
    const pod = podOf(manifest);
    if (!pod || !receivesSecrets(manifest.body)) {
      return [];
    }
    const { file } = manifest;
    const values = [chartValues(project, file)].filter((v) => v !== undefined);
    const outer = context(at(pod, 'securityContext'), values, 'podSecurityContext');
    const out: Observation[] = [];
    for (const container of containersOf(pod)) {
      const own = context(at(container, 'securityContext'), values, 'securityContext');
      const user = at(own, 'runAsUser') ?? at(outer, 'runAsUser');
      const open =
        (isTrue(at(own, 'privileged')) && at(own, 'privileged')) || (/^0+$/.test(textOf(user)) ? user : undefined);
      if (open) {
        out.push(
          seen(file, values.includes(own as Tree) ? container.at : placeIn(file, open, container), PROBE, 'fail'),
        );
        continue;
      }
      const missing =
        !(isTrue(at(own, 'runAsNonRoot') ?? at(outer, 'runAsNonRoot')) || Number(textOf(user)) > 0) ||
        textOf(at(own, 'allowPrivilegeEscalation')) !== 'false' ||
        !isTrue(at(own, 'readOnlyRootFilesystem'));
      out.push(seen(file, container.at, PROBE, missing ? 'warn' : 'pass'));
    }
    const token = textOf(at(pod, 'automountServiceAccountToken'));
    const account = textOf(at(pod, 'serviceAccountName'));
    if (token !== 'false' && !accountWithoutToken(project, account)) {
      out.push(seen(file, pod.at, PROBE, 'warn'));
    }
    return out;
  });
}

const PROBE = 'podHardening';

/** A value of a chart's values file stands elsewhere: the container is the place then. */
function placeIn(file: ProjectText, value: Tree, container: Tree): number {
  return value.at >= container.at && value.at < file.text.length ? value.at : container.at;
}

/** A security context, or the one of the chart's values where the template only points there. */
function context(tree: Tree | undefined, values: readonly Tree[], name: string): Tree | undefined {
  if (entriesOf(tree).length > 0 || values.length === 0) {
    return tree;
  }
  return values
    .flatMap(mapsIn)
    .map((m) => at(m, name) ?? at(m, name === 'podSecurityContext' ? 'podSecurityContext' : 'containerSecurityContext'))
    .find((t) => entriesOf(t).length > 0);
}

function receivesSecrets(body: Tree): boolean {
  return mapsIn(body).some(
    (m) =>
      ['secretKeyRef', 'secretRef'].some((key) => at(m, key) !== undefined) ||
      textOf(at(m, 'secretName')) !== '' ||
      textOf(at(m, 'driver')) === 'secrets-store.csi.k8s.io' ||
      m.entries.some((e) => e.key.startsWith('vault.hashicorp.com/agent-inject')) ||
      (isSecretName(textOf(at(m, 'name'))) && at(m, 'value') !== undefined),
  );
}

function accountWithoutToken(project: ProjectTexts, name: string): boolean {
  return manifests(project).some(
    (m) =>
      m.kind === 'ServiceAccount' && m.name === name && textOf(at(m.body, 'automountServiceAccountToken')) === 'false',
  );
}

/** Key files other than env files, whoever makes them. */
const KEY_FILE =
  /\.(?:pem|key|p8|p12|pfx|jks|keystore)$|(?:^|\/)id_(?:rsa|ed25519|ecdsa)$|(?:^|\/)UTC--|(?:^|\/)keystore\/[^/]+\.json$/;

/** Whether a path is that of a key file, and its text does not show that it holds a certificate only. */
export function isKeyFile(project: ProjectTexts, path: string): boolean {
  const text = project.text(path)?.text ?? '';
  return (
    KEY_FILE.test(path) && !(/-----BEGIN (?:CERTIFICATE|[A-Z ]*PUBLIC KEY)/.test(text) && !/PRIVATE KEY/.test(text))
  );
}

/** Key files that others than their owner may read. Unknown where the platform has no modes. */
export function keyFileModes(project: ProjectTexts): readonly Observation[] {
  return project.entries
    .filter(
      (e) =>
        e.mode !== undefined &&
        !isTestPath(e.path) &&
        isKeyFile(project, e.path) &&
        !(project.git && project.isTracked(e.path)),
    )
    .map((e) => seenFile(e.path, 'keyFileMode', ((e.mode as number) & 0o077) === 0 ? 'pass' : 'warn'));
}

/** systemd service units of the project. */
export function serviceUnits(project: ProjectTexts): readonly ProjectText[] {
  return project.texts.filter((f) => /\.service$/.test(f.path) && /^\[Service\]/m.test(f.text));
}

/** The user that services run as. Without one systemd takes root. */
export function unitUsers(project: ProjectTexts): readonly Observation[] {
  const keys = hasKeys(project);
  return serviceUnits(project).map((file) => {
    const user = /^[ \t]*User[ \t]*=[ \t]*(\S*)/m.exec(file.text);
    if (/^[ \t]*DynamicUser[ \t]*=[ \t]*(?:yes|true|1|on)/im.test(file.text)) {
      return seen(file, file.text.search(/DynamicUser/i), 'keyFileMode', 'pass');
    }
    const isRoot = user !== null && ROOT.test(user[1] as string);
    const outcome = isRoot && keys ? 'fail' : !user || isRoot ? 'warn' : 'pass';
    return seen(file, user?.index ?? file.text.indexOf('[Service]'), 'keyFileMode', outcome);
  });
}
