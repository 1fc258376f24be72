import type { Rule } from '../../rule.ts';
import { effective, numberOf, ofKind, settingOf } from '../../settings.ts';

const keys = {
  broker: ['log.retention.bytes', 'log.segment.bytes'],
  topic: ['retention.bytes', 'segment.bytes'],
} as const;

export const smallerThanASegment: Rule = {
  code: 'KB028',
  title: 'A limit of bytes below the size of a segment',
  severity: 'warning',
  confidence: 'high',
  story:
    'Each partition was to take a hundred megabytes, and the disk is full: only whole segments are deleted, never the one that is written, and that one grows to a gigabyte first.',
  source: 'UnifiedLog.deleteRetentionSizeBreachedSegments; TopicConfig.RETENTION_BYTES_CONFIG',
  noFix: 'Smaller segments are more files; how many are too many depends on the partitions.',
  *check(known) {
    const areSetByBrokers = ofKind(known, 'broker').some((one) =>
      settingOf(one, 'log.segment.bytes'),
    );
    for (const kind of ['broker', 'topic'] as const)
      for (const one of ofKind(known, kind)) {
        const [limitKey, segmentKey] = keys[kind];
        // Left out, it is what the brokers say.
        if (kind === 'topic' && !settingOf(one, segmentKey) && areSetByBrokers) continue;
        const setting = settingOf(one, limitKey);
        const limit = numberOf(effective(known, one, limitKey)?.text);
        const segment = effective(known, one, segmentKey);
        const size = numberOf(segment?.text);
        if (!setting || limit === undefined || size === undefined || limit < 0 || limit >= size)
          continue;
        yield {
          at: setting.valueAt,
          says: `${limitKey} is ${limit}, and ${segmentKey} ${size}${segment?.by ? ` (${segment.by})` : ''}.`,
          next: `Set ${segmentKey} to a part of it, such as ${Math.max(2 ** 20, Math.floor(limit / 4))}.`,
        };
      }
  },
};
