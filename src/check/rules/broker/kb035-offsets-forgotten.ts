import type { Configuration } from '../../../landscape/facts/configuration.ts';
import type { Known, Rule } from '../../rule.ts';
import { effective, numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

const key = 'offsets.retention.minutes';

export const offsetsForgotten: Rule = {
  code: 'KB035',
  title: 'Offsets are forgotten before their records are',
  severity: 'warning',
  confidence: 'high',
  story:
    'A consumer is stopped over a long weekend. On Tuesday its records are all there, but its place among them is not: it starts at the end and misses them, or at the beginning and does everything twice.',
  source: 'GroupCoordinatorConfig.OFFSETS_RETENTION_MINUTES_CONFIG (7 days); KIP-211',
  noFix: 'How long a group may stand still, its owner knows.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const setting = settingOf(node, key);
      const offsets = numberOf(textOf(setting));
      const records = retentionMinutes(known, node);
      if (!setting || offsets === undefined || records === undefined) continue;
      if (records >= 0 && offsets >= records) continue;
      // A week is what Kafka itself takes for enough.
      if (offsets >= 7 * 24 * 60) continue;
      yield {
        at: setting.valueAt,
        says: `${key} is ${offsets}, and records are kept for ${records < 0 ? 'ever' : `${records} minutes`}.`,
        next: `Leave it out, or take at least ${records < 0 ? 10_080 : Math.min(records, 10_080)}.`,
      };
    }
  },
};

function retentionMinutes(known: Known, node: Configuration): number | undefined {
  const of = (unit: string) => {
    const text = effective(known, node, `log.retention.${unit}`)?.text;
    return numberOf(text);
  };
  const [ms, minutes, hours] = [of('ms'), of('minutes'), of('hours')];
  if (ms !== undefined) return ms < 0 ? ms : ms / 60_000;
  return minutes ?? (hours === undefined || hours < 0 ? hours : hours * 60);
}
