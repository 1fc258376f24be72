import type { Rule } from '../../rule.ts';
import { alertsOnKafka } from './uses.ts';

const wanted = [
  ['partitions without a leader (OfflinePartitionsCount)', /offline_?partition/i],
  ['replicas out of sync (UnderReplicatedPartitions)', /under_?replicated|under_?min_?isr|isr/i],
] as const;

/** Fewer are not meant to be all of them. */
const fewest = 3;

export const brokersUnwatched: Rule = {
  code: 'KO002',
  title: 'Alerts about brokers that leave out the worst',
  severity: 'warning',
  confidence: 'low',
  production: true,
  across: true,
  guards: ['monitoring', 'health-checks'],
  story:
    'A partition has had no leader for an hour. Brokers are up, their memory is fine, and all alerts are green.',
  source: 'Kafka documentation, Monitoring; KafkaController.OfflinePartitionsCount',
  noFix: 'how metrics are called depends on the exporter',
  *check(known) {
    const all = alertsOnKafka(known);
    const alerts = all.filter(({ metric }) =>
      /^kafka_(server|controller|network|log)/.test(metric),
    );
    const [first] = alerts;
    if (!first || new Set(alerts.map(({ name }) => name)).size < fewest) return;
    const missing = wanted.filter(
      ([, pattern]) =>
        !all.some(({ metric, query }) => pattern.test(metric) || pattern.test(query)),
    );
    if (missing.length > 0)
      yield {
        at: first.at,
        says: `No alert here is about ${missing.map(([what]) => what).join(', nor about ')}.`,
      };
  },
};
