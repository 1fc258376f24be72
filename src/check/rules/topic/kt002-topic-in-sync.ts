import type { Rule } from '../../rule.ts';
import { settingOf } from '../../settings.ts';
import { called, copiesOf, numberIn } from '../../topics.ts';

const key = 'min.insync.replicas';

export const topicInSync: Rule = {
  code: 'KT002',
  title: 'A topic that can not be written while one broker is away',
  severity: 'error',
  confidence: 'high',
  guards: ['replication'],
  story:
    'One broker is restarted, and every producer of this topic with acks=all gets NotEnoughReplicas until it is back; more than there are copies count as all of them.',
  source: 'TopicConfig.MIN_IN_SYNC_REPLICAS_DOC; Partition.effectiveMinIsr',
  noFix: 'Either more copies or fewer in sync may be what was meant.',
  *check({ landscape }) {
    for (const topic of landscape.topics) {
      const { replicationFactor, configuration } = topic;
      const setting = configuration && settingOf(configuration, key);
      const wanted = numberIn(configuration, key);
      const copies = copiesOf(topic);
      if (!setting || !replicationFactor || wanted === undefined || copies === undefined) continue;
      // Of one there is nothing to be lost.
      if (wanted < copies || copies < 2) continue;
      yield {
        at: setting.valueAt,
        says: `${called(topic)} wants ${wanted} replicas in sync, of ${copies}.`,
        next: `Set ${key}=${Math.max(1, copies - 1)}.`,
        also: [{ at: replicationFactor.at, says: 'The copies.' }],
      };
    }
  },
};
