import type { Rule } from '../../rule.ts';
import { numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

export const minInsyncReplicas: Rule = {
  code: 'KB005',
  title: 'Writes stop as soon as one replica is away',
  severity: 'error',
  confidence: 'high',
  guards: ['replication'],
  story:
    'One broker is restarted, and every producer with acks=all gets NotEnoughReplicas until it is back; more replicas than there are count as all of them.',
  source: 'TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG; Partition.effectiveMinIsr',
  noFix: 'How many copies there may be depends on the brokers there are.',
  *check(known) {
    for (const configuration of ofKind(known, 'broker')) {
      const setting = settingOf(configuration, 'min.insync.replicas');
      const wanted = numberOf(textOf(setting));
      // Left out, topics are made with a factor of their own.
      const copies = numberOf(textOf(settingOf(configuration, 'default.replication.factor')));
      // Of one there is nothing to be lost.
      if (!setting || wanted === undefined || copies === undefined || copies < 2) continue;
      if (wanted < copies) continue;
      yield {
        at: setting.valueAt,
        says: `min.insync.replicas is ${wanted}, of ${copies} copies that a topic gets.`,
        next: 'Three copies with two in sync let one broker be away: default.replication.factor=3, min.insync.replicas=2.',
      };
    }
  },
};
