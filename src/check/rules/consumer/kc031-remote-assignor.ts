import { fixOf, lineEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { ofJava, settingOf, usesNewProtocol } from '../../settings.ts';

const key = 'group.remote.assignor';

export const remoteAssignor: Rule = {
  code: 'KC031',
  title: "A broker's assignor in a group that assigns by itself",
  severity: 'error',
  confidence: 'high',
  story:
    'The consumer does not start: under the classic protocol, which is the default, its members share the partitions out among themselves.',
  source: 'ConsumerConfig.checkUnsupportedConfigsPostProcess (KIP-848)',
  *check(known) {
    for (const configuration of ofJava(known, 'consumer')) {
      const setting = settingOf(configuration, key);
      if (!setting || configuration.open || usesNewProtocol(configuration)) continue;
      const protocol = settingOf(configuration, 'group.protocol');
      if (protocol && !('known' in protocol.value)) continue;
      yield {
        at: setting.keyAt,
        says: `${key} can not be set with group.protocol=classic${protocol ? '' : ", Kafka's default"}.`,
        next: 'Set group.protocol=consumer, or leave it out.',
        ...fixOf(false, `Remove ${key}`, lineEdit(setting)),
      };
    }
  },
};
