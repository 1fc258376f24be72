import type { Rule } from '../../rule.ts';
import { effective, numberOf, ofKind, settingOf, usesNewProtocol } from '../../settings.ts';

export const rareHeartbeats: Rule = {
  code: 'KC029',
  title: 'One lost heartbeat, and the consumer is thrown out',
  severity: 'warning',
  confidence: 'medium',
  story:
    'A pause of the garbage collector or one lost packet, and the session is over: partitions move to others and back, and what was in work is handled twice.',
  source: 'ConsumerConfig.HEARTBEAT_INTERVAL_MS_DOC (typically no higher than a third)',
  noFix: 'either of the two may be the one to change',
  *check(known) {
    for (const configuration of ofKind(known, 'consumer')) {
      if (usesNewProtocol(configuration)) continue;
      const setting =
        settingOf(configuration, 'heartbeat.interval.ms') ??
        settingOf(configuration, 'session.timeout.ms');
      const [beat, session] = ['heartbeat.interval.ms', 'session.timeout.ms'].map((key) =>
        effective(known, configuration, key),
      );
      const [every, after] = [numberOf(beat?.text), numberOf(session?.text)];
      if (!setting || every === undefined || after === undefined) continue;
      // As long as the session: KC007 says that Kafka refuses it. Below a half two may get lost.
      if (every >= after || every * 2 <= after) continue;
      yield {
        at: setting.valueAt,
        says: `heartbeat.interval.ms is ${every}${beat?.by ? ` (${beat.by})` : ''}, more than half of session.timeout.ms (${after}${session?.by ? `, ${session.by}` : ''}).`,
        next: 'A third of the session at most, so that two heartbeats may be lost.',
      };
    }
  },
};
