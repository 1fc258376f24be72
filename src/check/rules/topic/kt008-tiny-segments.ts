import type { Rule } from '../../rule.ts';
import { ofKind, settingOf } from '../../settings.ts';
import { numberIn } from '../../topics.ts';

const shortest = 60_000;

export const tinySegments: Rule = {
  code: 'KT008',
  title: 'A topic in tiny files',
  severity: 'warning',
  confidence: 'medium',
  production: true,
  story:
    'Each partition begins a new segment every few seconds, with an index or two and open files for each. The broker runs out of file handles or memory maps, and ends; at its start it reads them all.',
  source: 'TopicConfig.SEGMENT_MS_CONFIG, SEGMENT_BYTES_CONFIG',
  noFix: 'what it was set for is not in the file',
  *check(known) {
    for (const configuration of ofKind(known, 'topic')) {
      // What is altered for a moment, to have old records gone, is set back.
      if (configuration.open) continue;
      const ms = numberIn(configuration, 'segment.ms');
      const setting = settingOf(configuration, 'segment.ms');
      if (!setting || ms === undefined || ms >= shortest || ms <= 0) continue;
      yield {
        at: setting.valueAt,
        says: `segment.ms is ${ms}: a new file for each partition every ${ms / 1000} s.`,
        next: 'Minutes at least; for early compaction max.compaction.lag.ms is enough.',
      };
    }
  },
};
