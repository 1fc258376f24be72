import type { MetricUse } from '../../../landscape/facts/monitoring.ts';
import type { Known } from '../../rule.ts';

/** Kafka's own, whoever exports them. */
const ofKafka = /^(?:kafka|strimzi|confluent_kafka|kminion)_/;

export const alertsOnKafka = ({ landscape }: Known): MetricUse[] =>
  landscape.metrics.filter(({ by, metric }) => by === 'alert' && ofKafka.test(metric));

/** How far consumers are behind, by any exporter's name. */
export const isLag = (metric: string): boolean =>
  /lag/i.test(metric) && !/replica|fetcher|log_cleaner|remote/i.test(metric);
