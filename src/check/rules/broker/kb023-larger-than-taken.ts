import { isController } from '../../clusters.ts';
import type { Rule } from '../../rule.ts';
import { numberOf, ofJava, ofKind, settingOf, textOf } from '../../settings.ts';

export const largerThanTaken: Rule = {
  code: 'KB023',
  title: 'A producer that sends more than its brokers take',
  severity: 'warning',
  confidence: 'medium',
  across: true,
  story:
    'The limit was raised in the application, and small records went through all the tests. The first large one comes back with RecordTooLargeException, and again with every retry.',
  source: 'ProducerConfig.MAX_REQUEST_SIZE_CONFIG; ServerConfigs.MESSAGE_MAX_BYTES_CONFIG',
  noFix: 'Which of the limits is right, the records tell.',
  *check(known) {
    const brokers = ofKind(known, 'broker')
      .filter((one) => !isController(known, one))
      .map((one) => settingOf(one, 'message.max.bytes'));
    const topics = ofKind(known, 'topic').map((one) => settingOf(one, 'max.message.bytes'));
    const limits = [...brokers, ...topics].flatMap((one) => (one ? [one] : []));
    const sizes = limits.map((one) => numberOf(textOf(one)));
    // Somewhere a broker has another limit, or one that is not known.
    if (brokers.length === 0 || brokers.includes(undefined) || sizes.includes(undefined)) return;
    const most = Math.max(...sizes.map((size) => size ?? 0));
    for (const producer of ofJava(known, 'producer')) {
      const setting = settingOf(producer, 'max.request.size');
      const size = numberOf(textOf(setting));
      const limit = limits[sizes.indexOf(most)];
      if (!setting || !limit || size === undefined || size <= most) continue;
      yield {
        at: setting.valueAt,
        says: `max.request.size is ${size}, and the largest batch that any broker here takes has ${most} bytes.`,
        next: `Set max.request.size=${most}, or raise ${limit.key}.`,
        also: [{ at: limit.valueAt, says: 'The largest limit.' }],
      };
    }
  },
};
