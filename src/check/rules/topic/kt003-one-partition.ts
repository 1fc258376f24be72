import type { Rule } from '../../rule.ts';
import { nameOf, policiesOf } from '../../topics.ts';

/** Topics that are meant to be in one order, or small. */
const aside =
  /(^_|[._-])(dlq|dlt|dead-?letters?|errors?|retry|config(s|uration)?|control|commands?|history|schema|schemas|heartbeats?|audit|internal|changelog|status|offsets|signals?)([._-]|$)/i;

export const onePartition: Rule = {
  code: 'KT003',
  title: 'A topic with one partition',
  severity: 'info',
  confidence: 'medium',
  production: true,
  guards: ['single-partition'],
  story:
    'Load doubles, a second consumer is started, and it gets nothing to do: one partition has one reader in a group. More partitions later send the same key elsewhere, and order is lost.',
  source: "Kafka's documentation, Introduction (partitions); ConsumerConfig.GROUP_ID_CONFIG",
  noFix: 'how many are right depends on load, and keys move when it changes',
  *check({ landscape }) {
    for (const topic of landscape.topics) {
      const { partitions, configuration } = topic;
      const name = nameOf(topic);
      if (!partitions || !('known' in partitions.value) || name === undefined) continue;
      if (partitions.value.known !== '1' || aside.test(name)) continue;
      if (configuration && policiesOf(configuration).includes('compact')) continue;
      yield {
        at: partitions.at,
        says: `${name} has one partition: no group can read it with more than one consumer.`,
        next: 'As many as consumers will be needed at the highest load; six or twelve are divided well.',
      };
    }
  },
};
