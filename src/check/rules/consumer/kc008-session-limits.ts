import type { Known, Rule } from '../../rule.ts';
import { numberOf, ofKind, settingOf, textOf, usesNewProtocol } from '../../settings.ts';

export const sessionLimits: Rule = {
  code: 'KC008',
  title: 'A session that brokers do not accept',
  severity: 'error',
  confidence: 'medium',
  across: true,
  story:
    'The consumer starts and never reads anything: each time it joins its group, the broker answers that the session timeout is not within its limits.',
  source: 'GroupCoordinatorConfig (group.min.session.timeout.ms 6000, group.max 1800000)',
  noFix: 'either side may be the one to change',
  *check(known) {
    const [least, most] = [
      limit(known, 'group.min.session.timeout.ms', 6_000, Math.min),
      limit(known, 'group.max.session.timeout.ms', 1_800_000, Math.max),
    ];
    for (const configuration of ofKind(known, 'consumer')) {
      if (usesNewProtocol(configuration)) continue;
      const setting = settingOf(configuration, 'session.timeout.ms');
      const session = numberOf(textOf(setting));
      if (!setting || session === undefined || least === undefined || most === undefined) continue;
      if (session >= least && session <= most) continue;
      yield {
        at: setting.valueAt,
        says:
          session < least
            ? `session.timeout.ms is ${session}; brokers accept ${least} at least.`
            : `session.timeout.ms is ${session}; brokers accept ${most} at most.`,
        next: `Kafka's default is 45000. group.${session < least ? 'min' : 'max'}.session.timeout.ms of the brokers is the limit.`,
      };
    }
  },
};

/** The widest that any of the brokers allows; undefined where one can't be known. */
function limit(
  known: Known,
  key: string,
  byDefault: number,
  widest: (...values: number[]) => number,
): number | undefined {
  const settings = ofKind(known, 'broker').map((broker) => settingOf(broker, key));
  if (settings.length === 0) return byDefault;
  const values = settings.map((one) => (one ? numberOf(textOf(one)) : byDefault));
  return values.some((value) => value === undefined) ? undefined : widest(...(values as number[]));
}
