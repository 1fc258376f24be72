import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { effectiveText, numberOf, ofJava, settingOf } from '../../settings.ts';

/** Kafka's default. */
const usual = 120_000;

export const deliveryTimeout: Rule = {
  code: 'KP007',
  title: 'A delivery that may not take as long as its first try',
  severity: 'error',
  confidence: 'high',
  story: 'The producer does not start: delivery would time out before one request could.',
  source: 'KafkaProducer.configureDeliveryTimeout',
  *check(known) {
    for (const configuration of ofJava(known, 'producer')) {
      const setting = settingOf(configuration, 'delivery.timeout.ms');
      const of = (key: string) => numberOf(effectiveText(known, configuration, key));
      const [delivery, linger, request] = [
        of('delivery.timeout.ms'),
        of('linger.ms'),
        of('request.timeout.ms'),
      ];
      // Left to its default, Kafka raises it by itself.
      if (!setting || delivery === undefined || linger === undefined || request === undefined)
        continue;
      const enough = Math.max(usual, linger + request);
      if (delivery < linger + request)
        yield {
          at: setting.valueAt,
          says: `delivery.timeout.ms is ${delivery}, less than linger.ms (${linger}) and request.timeout.ms (${request}) together.`,
          next: `At least ${linger + request}, better several times as much.`,
          ...fixOf(true, `Set delivery.timeout.ms to ${enough}`, valueEdit(setting, `${enough}`)),
        };
    }
  },
};
