import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const staticMember: Rule = {
  code: 'KC014',
  title: 'All instances are the same static member',
  severity: 'warning',
  confidence: 'medium',
  story:
    'A second instance is started, and the first one ends with a FencedInstanceIdException: one name can only be one member. They throw each other out until somebody scales down again.',
  source: 'KIP-345; ConsumerConfig.GROUP_INSTANCE_ID_CONFIG',
  noFix: 'what makes an instance unique is up to where it runs',
  *check(known) {
    for (const configuration of ofKind(known, 'consumer')) {
      const setting = settingOf(configuration, 'group.instance.id');
      const id = textOf(setting);
      if (!setting || !id || ('known' in setting.value && setting.value.from)) continue;
      yield {
        at: setting.valueAt,
        says: `group.instance.id is "${id}" for every instance that has this file.`,
        next: 'Take it from the environment: the name of the pod, or of the machine.',
      };
    }
  },
};
