import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { numberOf, settingOf } from '../../settings.ts';
import { called, numberIn } from '../../topics.ts';

export const minInsyncReplicas: Rule = {
  code: 'KT002',
  title: 'A topic that needs all its copies to be written',
  severity: 'error',
  confidence: 'high',
  guards: ['replication'],
  story:
    'One broker is restarted, and every producer of this topic with acks=all gets NotEnoughReplicas until it is back. With more in sync asked for than there are copies, nothing is ever written.',
  source: 'TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG',
  *check({ landscape }) {
    for (const topic of landscape.topics) {
      const { replicationFactor, configuration } = topic;
      const setting = configuration && settingOf(configuration, 'min.insync.replicas');
      const wanted = numberIn(configuration, 'min.insync.replicas');
      const copies =
        replicationFactor && 'known' in replicationFactor.value
          ? numberOf(replicationFactor.value.known)
          : undefined;
      if (!setting || wanted === undefined || copies === undefined || copies < 1) continue;
      if (wanted < 2 || wanted < copies) continue;
      const less = String(Math.max(1, copies - 1));
      yield {
        at: setting.valueAt,
        says: `${called(topic)} has min.insync.replicas ${wanted}, of ${copies === 1 ? 'one copy' : `${copies} copies`}.`,
        next: 'One less than there are copies lets one broker be away: 3 copies, 2 in sync.',
        ...fixOf(false, `Set min.insync.replicas to ${less}`, valueEdit(setting, less)),
      };
    }
  },
};
