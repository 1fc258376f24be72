import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

const keys = ['config.storage.topic', 'offset.storage.topic', 'status.storage.topic'];

export const oneTopicForAll: Rule = {
  code: 'KN005',
  title: 'A worker keeps different things in one topic',
  severity: 'error',
  confidence: 'high',
  story:
    'The worker reads offsets where it looks for connectors. At first it runs, with errors in its log; after compaction and a restart, connectors or offsets are missing.',
  source: 'KafkaConfigBackingStore, KafkaOffsetBackingStore, KafkaStatusBackingStore: a topic each',
  noFix: 'what the topic has by now is not in the file',
  *check(known) {
    for (const worker of ofKind(known, 'connect-distributed')) {
      const seen = new Map<string, string>();
      for (const key of keys) {
        const setting = settingOf(worker, key);
        const topic = textOf(setting);
        if (!setting || !topic) continue;
        const other = seen.get(topic);
        if (other !== undefined)
          yield {
            at: setting.valueAt,
            says: `${key} is ${topic}, as ${other} is.`,
            next: 'A topic for each of the three.',
          };
        seen.set(topic, key);
      }
    }
  },
};
