import type { Platform } from '../../../model/platform.ts';
import { header } from '../../header.ts';
import { yamlFile } from '../yaml-file.ts';
import type { Alert } from './alert.ts';
import { applicationAlerts } from './applications.ts';
import { certificateAlerts } from './certificates.ts';
import { clusterAlerts } from './cluster.ts';
import { diskAlerts } from './disk.ts';
import { nodeAlerts } from './nodes.ts';

export const alertsPath = 'monitoring/alerts.yml';
export const alertTestsPath = 'monitoring/alerts.test.yml';

const groups = [
  { name: 'cluster', alerts: clusterAlerts },
  { name: 'nodes', alerts: nodeAlerts },
  { name: 'disk', alerts: diskAlerts },
  { name: 'applications', alerts: applicationAlerts },
  { name: 'certificates', alerts: certificateAlerts },
] as const;

/** Every alert that can apply to this platform; nothing without monitoring. */
export function alertRules(platform: Platform): Alert[] {
  return groupsOf(platform).flatMap(({ alerts }) => alerts);
}

function groupsOf(platform: Platform) {
  if (platform.monitoring === 'none') return [];
  return groups
    .map(({ name, alerts }) => ({
      name,
      alerts: alerts(platform).filter(({ appliesTo }) => appliesTo?.(platform) ?? true),
    }))
    .filter(({ alerts }) => alerts.length > 0);
}

/** Sections that the README has to have, so that each alert's link leads somewhere. */
export function runbook(platform: Platform): { heading: string; alerts: Alert[] }[] {
  const headings = new Set(alertRules(platform).map(({ section }) => section));
  return [...headings].map((heading) => ({
    heading,
    alerts: alertRules(platform).filter(({ section }) => section === heading),
  }));
}

export const alertsFile = (platform: Platform): string =>
  yamlFile(
    `${header('When to wake somebody, and what to tell them. Tested by alerts.test.yml.')}
# critical: data or service is at stake now. warning: within the day.`,
    {
      groups: groupsOf(platform).map(({ name, alerts }) => ({
        name,
        rules: alerts.map((alert) => rule(alert, platform.readme)),
      })),
    },
  );

const rule = (alert: Alert, readme: string) => ({
  alert: alert.name,
  expr: alert.expr,
  for: alert.for,
  labels: { severity: alert.severity },
  annotations: annotations(alert, readme),
});

const annotations = ({ summary, happens, next, section }: Alert, readme: string) => ({
  summary,
  // Where it is read, backticks mean nothing.
  description: `${happens} ${next}`.replaceAll('`', ''),
  runbook_url: `${readme}#${anchor(section)}`,
});

/** As GitHub makes the link of a heading. */
const anchor = (heading: string): string => heading.toLowerCase().replaceAll(' ', '-');

/** For `promtool test rules`: each alert is silent, fires, and is silent again. */
export const alertTestsFile = (platform: Platform): string =>
  yamlFile(
    `${header('Each alert is silent, fires, and is silent again.')}
#
#   promtool test rules monitoring/alerts.test.yml`,
    {
      rule_files: ['alerts.yml'],
      evaluation_interval: '1m',
      tests: alertRules(platform).map((alert) => ruleTest(alert, platform.readme)),
    },
  );

function ruleTest(alert: Alert, readme: string) {
  const { series, quietAt, firesAt, labels } = alert.proof;
  const at = (minute: number, alerts: object[]) => ({
    eval_time: `${minute}m`,
    alertname: alert.name,
    exp_alerts: alerts,
  });
  const firing = {
    exp_labels: { severity: alert.severity, ...labels },
    exp_annotations: { ...annotations(alert, readme), summary: filledIn(alert.summary, labels) },
  };
  return {
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    alert_rule_test: [
      ...quietAt.map((minute) => ({ minute, alerts: [] })),
      { minute: firesAt, alerts: [firing] },
    ]
      .toSorted((a, b) => a.minute - b.minute)
      .map(({ minute, alerts }) => at(minute, alerts)),
  };
}

const filledIn = (summary: string, labels: Readonly<Record<string, string>>): string =>
  summary.replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => labels[label] ?? '');
