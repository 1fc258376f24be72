import { ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

const path = 'spec.kafka.template.podDisruptionBudget.maxUnavailable';

export const disruptionBudget: Rule = {
  code: 'KK006',
  title: 'Several brokers may be drained at once',
  severity: 'warning',
  confidence: 'high',
  production: true,
  guards: ['replication'],
  story:
    'Nodes are upgraded, and two brokers go at the same time, as they may. Partitions that have both as replicas are down to one copy, and every producer with acks=all waits.',
  source: "Strimzi's API reference, PodDisruptionBudgetTemplate.maxUnavailable (1 by default)",
  *check(known) {
    for (const { fields } of ofStrimzi(known, 'Kafka')) {
      const most = fields.get(path);
      const count = most && 'known' in most.value ? Number(most.value.known) : 0;
      if (most && count > 1)
        yield {
          at: most.at,
          says: `maxUnavailable is ${count}: so many brokers may be taken away together.`,
          next: 'Leave it at 1.',
          fix: { safe: false, says: 'Let one broker be away', edits: [{ at: most.at, text: '1' }] },
        };
    }
  },
};
