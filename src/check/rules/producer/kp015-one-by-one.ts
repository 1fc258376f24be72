import { callsOf, isInOneLoop } from '../../calls.ts';
import type { Rule } from '../../rule.ts';

export const oneByOne: Rule = {
  code: 'KP015',
  title: 'Each record waits for the one before it',
  severity: 'warning',
  confidence: 'medium',
  story:
    'On the day of the sale there is a hundred times as much to send. Each record is a request of its own and waits for its answer, so a few hundred a second is all there is; the queue before it grows by the hour.',
  source:
    'KafkaProducer.flush, batch.size and linger.ms; librdkafka, INTRODUCTION.md (Performance)',
  noFix: 'where to wait instead is a matter of the program',
  *check(known) {
    const sends = callsOf(known, 'sends');
    for (const flush of callsOf(known, 'flushes')) {
      if (!sends.some((send) => isInOneLoop(send, flush) && send.library === flush.library))
        continue;
      yield {
        at: flush.at,
        says: 'flush is called for each record that is sent.',
        next: 'Call it once, behind the loop.',
      };
    }
    for (const { library, result, loop, at } of sends) {
      // Awaiting in turn is how the others are written; they have sends of many records.
      if (library !== 'java' && library !== 'kafka-python') continue;
      if (result !== 'awaited' || loop?.over !== 'loop') continue;
      yield {
        at,
        says: 'Each send in this loop is waited for before the next.',
        next: 'Send them all, and wait for their futures behind the loop.',
      };
    }
  },
};
