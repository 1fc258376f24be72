import { clustersOf, countedBrokers, isController } from '../../clusters.ts';
import type { Rule } from '../../rule.ts';
import { effective, numberOf, settingOf } from '../../settings.ts';

const offsets = 'offsets.topic.replication.factor';
const others = [
  'transaction.state.log.replication.factor',
  'share.coordinator.state.topic.replication.factor',
];

export const internalTopics: Rule = {
  code: 'KB008',
  title: 'An internal topic with more copies than there are brokers',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'Producers work, and consumers wait for ever: the topic of their offsets can not be made, and every request for a coordinator is answered with COORDINATOR_NOT_AVAILABLE.',
  source:
    'GroupCoordinatorConfig.OFFSETS_TOPIC_REPLICATION_FACTOR_CONFIG; DefaultAutoTopicCreationManager',
  noFix: 'The number of brokers may be what is wrong.',
  *check(known) {
    for (const { nodes, brokers } of clustersOf(known)) {
      if (brokers === undefined || brokers === 0) continue;
      for (const node of nodes) {
        if (isController(known, node)) continue;
        for (const key of [offsets, ...others]) {
          // Without transactions nobody asks for the others, and operators have defaults of their own.
          const isAsked = key === offsets && node.workload !== undefined;
          if (!isAsked && !settingOf(node, key)) continue;
          const factor = effective(known, node, key);
          const copies = numberOf(factor?.text);
          if (copies === undefined || copies <= brokers) continue;
          yield {
            at: factor?.setting?.valueAt ?? node.at,
            says: `${key} is ${copies}${factor?.by ? ` (${factor.by})` : ''}, of ${countedBrokers(brokers)}.`,
            next: `Set ${key}=${brokers}.`,
          };
        }
      }
    }
  },
};
