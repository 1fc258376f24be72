import type { Rule } from '../../rule.ts';
import { effective, numberOf, ofKind, settingOf } from '../../settings.ts';

type Pair = {
  readonly keys: readonly [string, string];
  readonly isRefused: (one: number, other: number) => boolean;
  readonly rule: string;
};

/** KafkaConfig.validateValues */
const pairs: readonly Pair[] = [
  {
    keys: ['connection.failed.authentication.delay.ms', 'connections.max.idle.ms'],
    isRefused: (delay, idle) => idle >= 0 && delay >= idle,
    rule: 'the delay must be shorter than the time after which a connection is closed',
  },
  {
    keys: ['queued.max.request.bytes', 'socket.request.max.bytes'],
    isRefused: (queued, request) => queued > 0 && queued < request,
    rule: 'the queue must hold at least one request',
  },
  {
    keys: ['log.cleaner.dedupe.buffer.size', 'log.cleaner.threads'],
    isRefused: (buffer, threads) => threads > 0 && Math.floor(buffer / threads) <= 2 ** 20,
    rule: 'each thread needs more than a mebibyte of the buffer',
  },
];

export const refusedTogether: Rule = {
  code: 'KB037',
  title: 'Two settings that Kafka does not take together',
  severity: 'error',
  confidence: 'high',
  story:
    'Each of the two is a good value, so a review lets them through. The broker ends at start, and the rolling restart stops at the first machine.',
  source: 'KafkaConfig.validateValues',
  noFix: 'Which of the two was meant, nobody but its owner knows.',
  *check(known) {
    for (const node of ofKind(known, 'broker'))
      for (const { keys, isRefused, rule } of pairs) {
        const [one, other] = keys.map((key) => numberOf(effective(known, node, key)?.text));
        const setting = settingOf(node, keys[0]) ?? settingOf(node, keys[1]);
        if (!setting || one === undefined || other === undefined || !isRefused(one, other))
          continue;
        yield {
          at: setting.valueAt,
          says: `${keys[0]} is ${one} and ${keys[1]} is ${other}: ${rule}.`,
          next: 'Leave out the one that is not needed.',
        };
      }
  },
};
