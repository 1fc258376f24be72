import { type YamlNode, yamlDocuments } from '../../../files/formats/yaml.ts';
import type { Facts } from '../../facts/index.ts';
import type { MetricUse } from '../../facts/monitoring.ts';
import type { Reader } from '../reader.ts';
import { metricsOf } from './promql.ts';

const mention = /^[ \t]*(?:-[ \t]+)?["']?(?:alert|record)["']?[ \t]*:/m;

/** Alerts and recording rules: Prometheus's own files, and those inside a PrometheusRule. */
export const prometheusRules: Reader = {
  files: /\.(ya?ml|rules)$/,
  mentions: mention,
  async read(file): Promise<Facts> {
    const documents = await yamlDocuments(file, mention, 'are-text').catch(() => []);
    return {
      metrics: documents
        .flatMap((root) => (root.get('groups') ?? root.get('spec', 'groups'))?.items() ?? [])
        .flatMap((group) => group.get('rules')?.items() ?? [])
        .flatMap(usesOf),
    };
  },
};

function usesOf(rule: YamlNode): MetricUse[] {
  const alert = rule.get('alert')?.text;
  const name = alert ?? rule.get('record')?.text;
  const expression = rule.get('expr');
  if (name === undefined || expression?.text === undefined) return [];
  const query = expression.text;
  const forSeconds = seconds(rule.get('for')?.text);
  return metricsOf(query).map((metric) => ({
    metric,
    at: expression.at,
    by: alert === undefined ? 'recording-rule' : 'alert',
    name,
    query,
    ...(forSeconds !== undefined && { forSeconds }),
  }));
}

const units: Readonly<Record<string, number>> = {
  ...{ ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800, y: 31_536_000 },
};

/** `5m`, `1h30m`. */
function seconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^0+$/.test(text)) return 0;
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  return parts.length === 0 || parts.map(([all]) => all).join('') !== text
    ? undefined
    : parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0), 0);
}
