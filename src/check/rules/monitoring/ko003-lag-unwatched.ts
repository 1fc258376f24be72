import type { Rule } from '../../rule.ts';
import { alertsOnKafka, isLag } from './uses.ts';

export const lagUnwatched: Rule = {
  code: 'KO003',
  title: 'Alerts about Kafka, and none about consumer lag',
  severity: 'warning',
  confidence: 'medium',
  production: true,
  across: true,
  guards: ['lag-watched', 'health-checks'],
  story:
    'A consumer hangs on one record since Friday. Brokers are well, so nobody is called; on Monday retention has deleted what it had not read.',
  source: 'Kafka documentation, Monitoring: records-lag-max',
  noFix: 'which lag is too much is not in the files',
  *check(known) {
    const alerts = alertsOnKafka(known);
    const [first] = alerts;
    const all = known.landscape.metrics.filter(({ by }) => by !== 'panel');
    if (first && !all.some(({ metric, query }) => isLag(metric) || isLag(query)))
      yield {
        at: first.at,
        says: `Of ${new Set(alerts.map(({ name }) => name)).size} alerts about Kafka none is about consumer lag.`,
        next: 'Alert on lag that grows for some minutes (kafka_consumergroup_lag, records_lag_max).',
      };
  },
};
