import type { Rule } from '../../rule.ts';
import { effectiveText, numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

export const minInsyncReplicas: Rule = {
  code: 'KB005',
  title: 'Writes stop as soon as one replica is away',
  severity: 'error',
  confidence: 'high',
  guards: ['replication'],
  story:
    'One broker is restarted, and every producer with acks=all gets NotEnoughReplicas until it is back. With more replicas asked for than there are, nothing can be written from the start.',
  source: 'TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG',
  noFix: 'How many copies there may be depends on the brokers there are.',
  *check(known) {
    for (const configuration of ofKind(known, 'broker')) {
      const setting = settingOf(configuration, 'min.insync.replicas');
      const wanted = numberOf(textOf(setting));
      const copies = numberOf(effectiveText(known, configuration, 'default.replication.factor'));
      // With one of one there is nothing to be lost.
      if (!setting || wanted === undefined || copies === undefined || wanted < 2) continue;
      if (wanted < copies) continue;
      const factor = settingOf(configuration, 'default.replication.factor');
      yield {
        at: setting.valueAt,
        says: `min.insync.replicas is ${wanted}, of ${copies} ${factor ? '' : "(Kafka's default) "}copies that a topic gets.`,
        next: 'Three copies with two in sync let one broker be away: default.replication.factor=3, min.insync.replicas=2.',
      };
    }
  },
};
