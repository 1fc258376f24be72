import { clustersOf, isController } from '../../clusters.ts';
import type { Rule } from '../../rule.ts';
import { effective, numberOf } from '../../settings.ts';

const key = 'offsets.topic.replication.factor';

export const offsetsOnce: Rule = {
  code: 'KB006',
  title: 'The offsets of all groups are on one broker each',
  severity: 'warning',
  confidence: 'high',
  production: true,
  across: true,
  guards: ['replication'],
  story:
    'One of three brokers is restarted, and every consumer whose group is kept there stops until it is back: with its disk, their offsets are gone.',
  source: 'GroupCoordinatorConfig.OFFSETS_TOPIC_REPLICATION_FACTOR_CONFIG',
  noFix: 'A topic that exists keeps its copies; they have to be reassigned.',
  *check(known) {
    for (const { nodes, brokers = 0 } of clustersOf(known)) {
      if (brokers < 2) continue;
      for (const node of nodes) {
        if (isController(known, node)) continue;
        const factor = effective(known, node, key);
        if (numberOf(factor?.text) !== 1) continue;
        yield {
          at: factor?.setting?.valueAt ?? node.at,
          says: `${key} is 1${factor?.by ? ` (${factor.by})` : ''}, of ${brokers} brokers.`,
          next: `Set ${key}=${Math.min(brokers, 3)}.`,
        };
      }
    }
  },
};
