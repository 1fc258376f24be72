import type { Rule } from '../../rule.ts';
import { numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

const keys = ['log.flush.interval.messages', 'log.flush.interval.ms', 'flush.messages', 'flush.ms'];

/** More than that is not felt. */
const felt = 1_000;

export const flushedByHand: Rule = {
  code: 'KB030',
  title: 'The disk is waited for again and again',
  severity: 'info',
  confidence: 'medium',
  story:
    'Throughput is a tenth of what the machines can do, and the disks are at their limit with small writes. Records are safe by their copies on other brokers; the flush adds nothing that these do not give.',
  source: "Kafka's documentation, Application vs. OS Flush Management",
  noFix: 'With one broker and no copies it may be what was meant.',
  *check(known) {
    for (const one of ofKind(known, 'broker', 'topic'))
      for (const key of keys) {
        const setting = settingOf(one, key);
        const number = numberOf(textOf(setting));
        if (!setting || number === undefined || number > felt) continue;
        yield {
          at: setting.valueAt,
          says: `${key} is ${number}: so often each log is flushed to its disk.`,
          next: 'Leave it out; copies on several brokers are what keeps records.',
        };
      }
  },
};
