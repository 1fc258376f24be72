import type { Rule } from '../../rule.ts';
import { itemsOf, ofKind, settingOf, textOf, usesNewProtocol } from '../../settings.ts';

const eager = /(^|\.)(Range|RoundRobin|Sticky)Assignor$|^(range|roundrobin)$/;
const cooperative = /(^|\.)CooperativeStickyAssignor$|^cooperative-sticky$/;

export const eagerAssignor: Rule = {
  code: 'KC003',
  title: 'Every rebalance stops the whole group',
  severity: 'warning',
  confidence: 'medium',
  guards: ['cooperative'],
  story:
    'One instance of twenty is restarted, and all the others give up all of their partitions until everybody has new ones. During a deployment that happens twenty times, and lag grows with each.',
  source: 'KIP-429; ConsumerPartitionAssignor.RebalanceProtocol',
  noFix: 'a running group needs two rolling restarts to change it',
  *check(known) {
    for (const configuration of ofKind(known, 'consumer')) {
      if (usesNewProtocol(configuration)) continue;
      const setting = settingOf(configuration, 'partition.assignment.strategy');
      const names = itemsOf(textOf(setting));
      const found = names.find((name) => eager.test(name));
      if (!setting || !found) continue;
      const isMixed = names.some((name) => cooperative.test(name));
      yield {
        at: setting.valueAt,
        says: isMixed
          ? `partition.assignment.strategy still has ${simple(found)}, with which the whole list is eager.`
          : `partition.assignment.strategy is ${simple(found)}, which takes all partitions from everybody first.`,
        next: isMixed
          ? 'When all members know the cooperative one, remove the other and restart them once more.'
          : 'CooperativeStickyAssignor (first beside the old one, then alone), or group.protocol=consumer.',
      };
    }
  },
};

const simple = (name: string) => name.slice(name.lastIndexOf('.') + 1);
