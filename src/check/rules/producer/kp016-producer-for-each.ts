import { callsOf, isInOneLoop } from '../../calls.ts';
import type { Rule } from '../../rule.ts';

const times = {
  loop: 'in each round of this loop',
  records: 'for each record',
  requests: 'for each request',
} as const;

export const producerForEach: Rule = {
  code: 'KP016',
  title: 'A producer for each record',
  severity: 'error',
  confidence: 'medium',
  story:
    'Each producer opens connections to the brokers, asks for metadata and keeps a buffer of its own. Under load brokers run out of connections and the program of memory, and sends take a hundred times as long.',
  source: 'KafkaProducer (thread safe: one for all is faster than several)',
  noFix: 'where the one producer belongs is a matter of the program',
  *check(known) {
    const sends = callsOf(known, 'sends');
    for (const made of callsOf(known, 'makes-producer')) {
      // One that is made again until brokers answer sends nothing in its loop.
      const isUsed = sends.some(
        (send) => isInOneLoop(send, made) && send.configuration === made.configuration,
      );
      if (!made.loop || !isUsed) continue;
      yield {
        at: made.at,
        says: `A producer is made ${times[made.loop.over]}, to send from.`,
        next: 'Make one when the program starts, and close it when it ends.',
      };
    }
  },
};
