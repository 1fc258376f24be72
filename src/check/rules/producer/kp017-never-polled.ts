import { callsOf } from '../../calls.ts';
import type { Rule } from '../../rule.ts';
import { settingOf } from '../../settings.ts';

export const neverPolled: Rule = {
  code: 'KP017',
  title: 'Records that wait in a queue when the program ends',
  severity: 'error',
  confidence: 'high',
  guards: ['sends-awaited'],
  story:
    'A call of produce only puts a record into a queue of this process. The program ends, or is stopped for a deployment, and what was in the queue is gone; while it runs, nobody hears of failed deliveries, and at 100,000 records BufferError is raised.',
  source: 'confluent_kafka.Producer: produce is asynchronous, poll serves callbacks, flush waits',
  noFix: 'where to wait is a matter of the program',
  *check(known) {
    const calls = callsOf(known, 'sends', 'polls', 'flushes', 'closes');
    for (const made of callsOf(known, 'makes-producer')) {
      const { library, configuration, shared, at } = made;
      // The end of a transaction waits for its records.
      if (configuration && settingOf(configuration, 'transactional.id')) continue;
      if (library !== 'librdkafka' || !at.file.endsWith('.py') || shared) continue;
      const own = calls.filter((call) => call.configuration === configuration);
      const [first] = own;
      if (!first || own.some(({ does }) => does !== 'sends')) continue;
      yield {
        at: first.at,
        says: 'Neither poll nor flush is ever called on this producer.',
        next: 'poll(0) behind each produce, and flush() before the program ends.',
        also: [{ at, says: 'It is made here.' }],
      };
    }
  },
};
