import { isController } from '../../clusters.ts';
import type { Rule } from '../../rule.ts';
import { effective, numberOf, ofKind, settingOf } from '../../settings.ts';

/** Internal topics with a minimum of their own. */
const topics = [
  ['transaction.state.log.replication.factor', 'transaction.state.log.min.isr'],
  ['share.coordinator.state.topic.replication.factor', 'share.coordinator.state.topic.min.isr'],
] as const;

export const internalInSync: Rule = {
  code: 'KB009',
  title: 'Transactions stop while one broker is away',
  severity: 'warning',
  confidence: 'high',
  story:
    'One broker is restarted, and no transaction can be begun or committed until it is back: the topic that keeps their state wants all of its copies in sync.',
  source: 'TransactionLogConfig.TRANSACTIONS_TOPIC_MIN_ISR_CONFIG (2); Partition.effectiveMinIsr',
  noFix: 'Either of the two may be the one that was meant.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      if (isController(known, node)) continue;
      for (const [factorKey, minimumKey] of topics) {
        const factor = effective(known, node, factorKey);
        const minimum = effective(known, node, minimumKey);
        const [copies, wanted] = [numberOf(factor?.text), numberOf(minimum?.text)];
        const setting = settingOf(node, factorKey) ?? settingOf(node, minimumKey);
        // Of one there is nothing to be lost; more than there are count as all of them.
        if (!setting || copies === undefined || wanted === undefined || copies < 2) continue;
        if (wanted < copies) continue;
        yield {
          at: setting.valueAt,
          says: `${factorKey} is ${copies}, and ${minimumKey} ${wanted}${minimum?.by ? ` (${minimum.by})` : ''}.`,
          next:
            copies === 2
              ? `Three copies, with ${minimumKey}=2.`
              : `Set ${minimumKey}=${copies - 1}.`,
        };
      }
    }
  },
};
