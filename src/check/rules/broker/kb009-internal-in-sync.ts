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
  title: 'An internal topic that can never be written',
  severity: 'warning',
  confidence: 'high',
  story:
    'Everything works until the first program with transactions: initTransactions waits for ever, since its coordinator wants more replicas in sync than its topic has.',
  source:
    'TransactionLogConfig.TRANSACTIONS_TOPIC_MIN_ISR_CONFIG (2); ShareCoordinatorConfig.STATE_TOPIC_MIN_ISR_CONFIG (2)',
  noFix: 'Either of the two may be the one that was meant.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      if (isController(known, node)) continue;
      for (const [factorKey, minimumKey] of topics) {
        const factor = effective(known, node, factorKey);
        const minimum = effective(known, node, minimumKey);
        const [copies, wanted] = [numberOf(factor?.text), numberOf(minimum?.text)];
        const setting = settingOf(node, factorKey) ?? settingOf(node, minimumKey);
        if (!setting || copies === undefined || wanted === undefined || wanted <= copies) continue;
        yield {
          at: setting.valueAt,
          says: `${factorKey} is ${copies}, and ${minimumKey} ${wanted}${minimum?.by ? ` (${minimum.by})` : ''}.`,
          next: `Set ${minimumKey}=${Math.max(1, copies - 1)}.`,
        };
      }
    }
  },
};
