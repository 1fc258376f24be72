import { brokersOf, clustersOf, countedBrokers } from '../../clusters.ts';
import type { Rule } from '../../rule.ts';
import { numberOf, settingOf, textOf } from '../../settings.ts';

const key = 'default.replication.factor';

export const copiesWithoutBrokers: Rule = {
  code: 'KB047',
  title: 'Topics would have more copies than there are brokers',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'Every topic that is made without a replication factor is refused with INVALID_REPLICATION_FACTOR; a producer that relies on its creation waits for metadata until its time is up.',
  source: 'ReplicationControlManager.createTopic (InvalidReplicationFactorException)',
  noFix: 'The number of brokers may be what is wrong.',
  *check(known) {
    for (const cluster of clustersOf(known)) {
      const { brokers } = cluster;
      if (brokers === undefined || brokers === 0) continue;
      for (const node of brokersOf(known, cluster)) {
        const setting = settingOf(node, key);
        const copies = numberOf(textOf(setting));
        if (!setting || copies === undefined || copies <= brokers) continue;
        yield {
          at: setting.valueAt,
          says: `${key} is ${copies}, of ${countedBrokers(brokers)}.`,
          next: `Set ${key}=${brokers}.`,
        };
        break;
      }
    }
  },
};
