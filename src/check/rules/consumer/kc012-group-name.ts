import type { Rule } from '../../rule.ts';
import { ofKind, renewedIn, settingOf } from '../../settings.ts';

export const groupName: Rule = {
  code: 'KC012',
  title: 'A group with another name at each start',
  severity: 'warning',
  confidence: 'medium',
  guards: ['group-names'],
  story:
    'The service is restarted, and nobody knows where it was: a new group has no offsets, so it begins at the start or the end of the topic. Records are handled twice or never, and lag can not be watched.',
  source: 'ConsumerConfig.GROUP_ID_CONFIG; AUTO_OFFSET_RESET_CONFIG',
  noFix: 'its name is for people to choose',
  *check(known) {
    for (const configuration of ofKind(known, 'consumer')) {
      const setting = settingOf(configuration, 'group.id');
      const random = setting && renewedIn(setting);
      if (random)
        yield {
          at: setting.valueAt,
          says: `group.id has ${random} in it, which is another at each start.`,
          next: 'One name for all instances of a service, such as orders-billing.',
        };
    }
  },
};
