import type { Rule } from '../../rule.ts';
import { effectiveText, numberOf, ofJava, settingOf, textOf } from '../../settings.ts';

/** A broker is taken for lost after 9 s (broker.session.timeout.ms); only then a new leader is chosen. */
const leaderChange = 10_000;
const fewRetries = 5;

export const givesUpEarly: Rule = {
  code: 'KP008',
  title: 'A producer that gives up before a new leader is there',
  severity: 'warning',
  confidence: 'medium',
  story:
    'A broker dies, and the cluster needs ten seconds to notice and to choose new leaders. By then the producer has failed all records for its partitions, and nobody sends them again.',
  source:
    'ProducerConfig.RETRIES_DOC (leave it unset, use delivery.timeout.ms); broker.session.timeout.ms',
  noFix: 'how long a record may wait is for people to say',
  *check(known) {
    for (const configuration of ofJava(known, 'producer')) {
      // A program may well try again by itself.
      if (configuration.code) continue;
      const delivery = settingOf(configuration, 'delivery.timeout.ms');
      const patience = numberOf(textOf(delivery));
      const least = ['linger.ms', 'request.timeout.ms']
        .map((key) => numberOf(effectiveText(known, configuration, key)) ?? 0)
        .reduce((one, other) => one + other);
      // KP007 says that Kafka refuses less than one request may take.
      if (delivery && patience !== undefined && patience < leaderChange && patience >= least) {
        yield {
          at: delivery.valueAt,
          says: `delivery.timeout.ms is ${patience}: records fail before a new leader can be chosen.`,
          next: "Leave it at Kafka's 120000, or give it half a minute at least.",
        };
        continue;
      }
      const retries = settingOf(configuration, 'retries');
      const count = numberOf(textOf(retries));
      const pause = numberOf(effectiveText(known, configuration, 'retry.backoff.ms'));
      const longest =
        numberOf(effectiveText(known, configuration, 'retry.backoff.max.ms')) ?? 1_000;
      if (!retries || count === undefined || count < 1 || count > fewRetries) continue;
      if (pause === undefined || waited(count, pause, longest) >= leaderChange) continue;
      yield {
        at: retries.valueAt,
        says: `retries is ${count}: with pauses of ${pause} ms and more they are used up in ${waited(count, pause, longest) / 1_000} s.`,
        next: 'Leave it out; delivery.timeout.ms says how long to try.',
      };
    }
  },
};

/** The pauses double (KIP-580), up to the longest. */
function waited(count: number, pause: number, longest: number): number {
  let sum = 0;
  for (let retry = 0; retry < count; retry++)
    sum += Math.max(Math.min(pause * 2 ** retry, longest), pause);
  return sum;
}
