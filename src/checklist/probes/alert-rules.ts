import { type Observation, seen, seenFile } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { listOf, objectOf, yamlOf } from '../yaml-texts';
import { withoutComments } from './code';
import { resources } from './terraform';

const ALERT =
  /^(?:aws_cloudwatch_metric_alarm|aws_cloudwatch_event_rule|google_monitoring_alert_policy|azurerm_monitor_\w*alert\w*|datadog_monitor|grafana_rule_group|sentry_(?:issue|metric)_alert)$/;
const probe = 'alertRuleSeen';

/** Alert rules that files show, whatever they watch. */
export function alertRules(project: ProjectTexts): Observation[] {
  const clouds = resources(project, ALERT).map((b) => seen(b.file, b.start, probe, 'pass'));
  const rules = project.of('k8s', 'config').flatMap((file) => {
    const isRules = file.class === 'k8s' || /rules|alert/i.test(file.path);
    return isRules && /\.ya?ml$/.test(file.path) && /alert|PrometheusRule/i.test(file.text) && holdsAlert(file)
      ? [
          seen(
            file,
            Math.max(0, file.text.search(/\balert\s*:|kind:\s*PrometheusRule|contactPoints|groups\s*:/)),
            probe,
            'pass',
          ),
        ]
      : [];
  });
  const bots = project
    .of('config')
    .filter((f) => f.path.endsWith('.json') && /"telegram"\s*:\s*\{[^{}]*"enabled"\s*:\s*true/.test(withoutComments(f)))
    .map((f) => seen(f, f.text.indexOf('"telegram"'), probe, 'pass'));
  return [...clouds, ...rules, ...bots];
}

/** `groups[].rules[].alert` of Prometheus, in a rule file or a PrometheusRule; Grafana's provisioned alerting. */
function holdsAlert(file: ProjectText): boolean {
  if (/(?:^|\/)grafana\/provisioning\/alerting\//.test(file.path)) {
    return true;
  }
  return (yamlOf(file) ?? []).map(objectOf).some((d) => {
    const groups = listOf(d.kind === 'PrometheusRule' ? objectOf(d.spec).groups : d.groups);
    return groups.some((g) => listOf(objectOf(g).rules).some((r) => objectOf(r).alert !== undefined));
  });
}

/** Files of `monitoring.config` that exist. */
export function monitoringFiles(project: ProjectTexts): Observation[] {
  return (project.policy.policy?.monitoring?.config ?? [])
    .map((path) => path.split('#')[0] as string)
    .filter((path) => project.entries.some((e) => e.path === path))
    .map((path) => seenFile(path, 'monitoringConfigExists', 'pass'));
}
