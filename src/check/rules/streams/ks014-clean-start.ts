import type { Rule } from '../../rule.ts';
import { isTrue, ofKind, textOf } from '../../settings.ts';

export const cleanStart: Rule = {
  code: 'KS014',
  title: 'State is thrown away at each start',
  severity: 'warning',
  confidence: 'high',
  story:
    'Each restart, and each deployment of each instance, reads all changelogs again before anything is processed. What took seconds in development takes hours with real state.',
  source: 'KafkaStreams.cleanUp; spring.kafka.streams.cleanup.on-startup',
  noFix: 'in development it may be meant',
  *check(known) {
    for (const { framework } of ofKind(known, 'streams')) {
      const setting = framework?.settings.find(({ key }) => key === 'streams.cleanup.on-startup');
      if (setting && isTrue(textOf(setting)))
        yield {
          at: setting.valueAt,
          says: 'cleanup.on-startup is true: local state is deleted before each start.',
          next: 'Leave it out, and clean up by hand where a reset is needed.',
        };
    }
  },
};
