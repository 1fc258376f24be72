import type { Rule } from '../../rule.ts';
import { ofKind, renewedIn, settingOf } from '../../settings.ts';

export const newApplication: Rule = {
  code: 'KS010',
  title: 'Another application at each start',
  severity: 'error',
  confidence: 'high',
  story:
    'After each restart all state is empty and all topics are read anew, since state, offsets and internal topics belong to the application’s id. The old ones stay on the brokers for ever.',
  source: 'StreamsConfig.APPLICATION_ID_CONFIG',
  noFix: 'its name is for people to choose',
  *check(known) {
    for (const configuration of ofKind(known, 'streams')) {
      const setting = settingOf(configuration, 'application.id');
      const random = setting && renewedIn(setting);
      if (random)
        yield {
          at: setting.valueAt,
          says: `application.id has ${random} in it, which is another at each start.`,
          next: 'One name that stays, such as order-totals.',
        };
    }
  },
};
