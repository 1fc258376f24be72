import { type KafkaMetric, kafkaMetrics } from '../../catalog/metrics/kafka.ts';
import type { Platform } from '../../model/platform.ts';
import { header } from '../header.ts';
import { alertRules } from './alerts/index.ts';
import { dashboardQueries } from './dashboards/index.ts';
import { yamlFile } from './yaml-file.ts';

export const exporterConfigPath = 'monitoring/jmx-exporter.yml';

/** What the Java agent in every node reads: the MBeans to ask for, and their names here. */
export const exporterFile = (platform: Platform): string =>
  yamlFile(
    header('What Prometheus gets to know of a node of Kafka; nothing else is asked for.'),
    exporterConfig(usedMetrics(platform)),
    {
      includeObjectNames:
        'Only these MBeans are looked at: a broker has thousands, and asking all of them costs\nseconds. Metrics of the JVM come by themselves (jvm_*, process_*).',
      rules:
        'One metric per rule, in seconds and bytes. To publish another, add its MBean above too.',
    },
  );

/** Those that a query of this platform names. */
export function usedMetrics(platform: Platform): KafkaMetric[] {
  const words = new Set(
    [...alertRules(platform), ...dashboardQueries(platform)].flatMap(
      ({ expr }) => expr.match(/\w+/g) ?? [],
    ),
  );
  return kafkaMetrics.filter(({ name }) => words.has(name));
}

function exporterConfig(metrics: readonly KafkaMetric[]) {
  return {
    includeObjectNames: [...new Set(metrics.map(({ bean }) => bean))],
    rules: metrics.map((metric) => {
      const labels = labelsOf(metric);
      return {
        pattern: patternOf(metric),
        name: metric.name,
        type: metric.type.toUpperCase(),
        help: metric.help,
        ...(metric.factor ? { valueFactor: metric.factor } : {}),
        ...(labels.length > 0
          ? { labels: Object.fromEntries(labels.map((label, index) => [label, `$${index + 1}`])) }
          : {}),
        // The rule depends on names alone, so its match is remembered.
        cache: true,
      };
    }),
  };
}

/** `domain<key=value, key=(.+)><>attribute`, as the exporter spells an attribute of an MBean. */
function patternOf({ bean, attribute }: KafkaMetric): string {
  const [domain = '', properties = ''] = bean.split(':');
  const spelled = properties
    .split(',')
    .map((property) => property.replace('*', '(.+)'))
    .join(', ');
  return `^${domain.replaceAll('.', '\\.')}<${spelled}><>${attribute}:`;
}

const labelsOf = ({ bean }: KafkaMetric): string[] =>
  [...bean.matchAll(/(\w+)=\*/g)].map(([, property = '']) =>
    property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );
