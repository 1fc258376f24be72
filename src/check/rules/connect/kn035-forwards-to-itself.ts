import type { Rule } from '../../rule.ts';
import { effectiveText, ofKind, settingOf, textOf } from '../../settings.ts';

const key = 'rest.advertised.host.name';

export const forwardsToItself: Rule = {
  code: 'KN035',
  title: 'A worker tells others that it is on their machine',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'A request that the leader has to answer is sent on to localhost, which is the worker itself: it fails, or goes in a circle. Which worker is asked decides whether a connector can be changed.',
  source: 'RestServerConfig.REST_ADVERTISED_HOST_NAME_CONFIG; RestClient',
  noFix: 'under which name others reach it is not certain',
  *check(known) {
    const workers = ofKind(known, 'connect-distributed');
    for (const worker of workers) {
      const setting = settingOf(worker, key);
      const group = effectiveText(known, worker, 'group.id');
      if (!setting || !/^(localhost|127\.0\.0\.1|0\.0\.0\.0)$/.test(textOf(setting) ?? ''))
        continue;
      const other = workers.find(
        (one) =>
          one !== worker &&
          one.file === worker.file &&
          group !== undefined &&
          effectiveText(known, one, 'group.id') === group,
      );
      if (!other) continue;
      yield {
        at: setting.valueAt,
        says: `${setting.written ?? key} is ${textOf(setting)}, and ${other.name ?? 'another worker'} is in the same group.`,
        next: 'The name under which the other workers reach this one.',
        also: [{ at: other.at, says: other.name ?? 'another worker' }],
      };
    }
  },
};
