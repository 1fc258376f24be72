import { brokersOf, clustersAndLoners } from '../../clusters.ts';
import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { effective, isTrue } from '../../settings.ts';

const key = 'auto.create.topics.enable';

export const topicsByAccident: Rule = {
  code: 'KB002',
  title: 'Whoever asks for a topic makes it',
  severity: 'info',
  confidence: 'high',
  production: 'named',
  guards: ['topics-documented'],
  story:
    'A name is misspelt in a deployment, and no error tells of it: the broker makes the topic, with the partitions and copies of its defaults, and records go there that nobody reads.',
  source: 'ServerLogConfigs.AUTO_CREATE_TOPICS_ENABLE_DEFAULT (true)',
  *check(known) {
    for (const cluster of clustersAndLoners(known)) {
      for (const node of brokersOf(known, cluster)) {
        const value = effective(known, node, key);
        if (!isTrue(value?.text)) continue;
        yield {
          at: value?.setting?.valueAt ?? node.at,
          says: `${key} is true${value?.by ? ` (${value.by})` : ''}.`,
          next: `Set ${key}=false, and make topics on purpose.`,
          ...(value?.setting &&
            fixOf(false, `Set ${key} to false`, valueEdit(value.setting, 'false'))),
        };
        break;
      }
    }
  },
};
