import { documentsOf } from '../formats/read';
import { resources } from '../formats/terraform';
import { at, entryOf, isTrue, itemsOf, type Tree, textOf } from '../formats/tree';
import { type Observation, seen, seenFile } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';

const ALERT =
  /^(?:aws_cloudwatch_metric_alarm|aws_cloudwatch_event_rule|google_monitoring_alert_policy|azurerm_monitor_\w*alert\w*|datadog_monitor|grafana_rule_group|sentry_(?:issue|metric)_alert)$/;
const probe = 'alertRuleSeen';

/** Alert rules that files show, whatever they watch. */
export function alertRules(project: ProjectTexts): Observation[] {
  const clouds = resources(project, ALERT).map((b) => seen(b.file, b.at, probe, 'pass'));
  const rules = project
    .of('k8s', 'config')
    .filter((f) => /\.ya?ml$/.test(f.path) && (f.class === 'k8s' || /rules|alert/i.test(f.path)))
    .flatMap((file) => {
      const alert = firstAlert(file);
      return alert === undefined ? [] : [seen(file, alert, probe, 'pass')];
    });
  const bots = project
    .of('config')
    .filter((f) => f.path.endsWith('.json') && f.text.includes('"telegram"'))
    .flatMap((file) => {
      const [tree] = documentsOf(file).trees;
      const telegram = entryOf(tree, 'telegram');
      return telegram && isTrue(at(telegram.value, 'enabled')) ? [seen(file, telegram.at, probe, 'pass')] : [];
    });
  return [...clouds, ...rules, ...bots];
}

/** `groups[].rules[].alert` of Prometheus, in a rule file or a PrometheusRule; Grafana's provisioned alerting. */
function firstAlert(file: ProjectText): number | undefined {
  if (/(?:^|\/)grafana\/provisioning\/alerting\//.test(file.path)) {
    return 0;
  }
  const groupsOf = (tree: Tree) =>
    textOf(at(tree, 'kind')) === 'PrometheusRule' ? at(tree, 'spec', 'groups') : at(tree, 'groups');
  return documentsOf(file)
    .trees.flatMap((tree) => itemsOf(groupsOf(tree)))
    .flatMap((group) => itemsOf(at(group, 'rules')))
    .flatMap((rule) => entryOf(rule, 'alert') ?? [])
    .map((entry) => entry.at)[0];
}

/** Files of `monitoring.config` that exist. */
export function monitoringFiles(project: ProjectTexts): Observation[] {
  return (project.policy.policy?.monitoring?.config ?? [])
    .map((path) => path.split('#')[0] as string)
    .filter((path) => project.entries.some((e) => e.path === path))
    .map((path) => seenFile(path, 'monitoringConfigExists', 'pass'));
}
