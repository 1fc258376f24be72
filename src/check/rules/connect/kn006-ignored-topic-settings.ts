import { removal } from '../../connect.ts';
import { fixOf } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf } from '../../settings.ts';

const ignored: Readonly<Record<string, string>> = {
  'config.storage.partitions': 'the topic of connectors has one partition, always',
  'config.storage.cleanup.policy': 'it is compacted, always',
  'offset.storage.cleanup.policy': 'it is compacted, always',
  'status.storage.cleanup.policy': 'it is compacted, always',
};

export const ignoredTopicSettings: Rule = {
  code: 'KN006',
  title: 'A setting of an internal topic that Connect ignores',
  severity: 'warning',
  confidence: 'high',
  story:
    'The file says one thing and the topic is another; whoever makes the topic by hand as the file says gets a worker that does not start.',
  source: 'DistributedConfig.topicSettings',
  *check(known) {
    for (const worker of ofKind(known, 'connect-distributed'))
      for (const [key, why] of Object.entries(ignored)) {
        const setting = settingOf(worker, key);
        if (!setting) continue;
        yield {
          at: setting.keyAt,
          says: `${setting.written ?? key} is ignored: ${why}.`,
          next: 'Leave it out.',
          ...fixOf(true, `Remove ${setting.written ?? key}`, removal(setting)),
        };
      }
  },
};
