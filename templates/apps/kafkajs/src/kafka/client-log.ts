import kafkajs, { type LogEntry } from 'kafkajs';
import type { Log } from '../service/log.ts';

const { logLevel } = kafkajs;

/**
 * The client's own lines in the service's log. They are no warnings there: what the client calls an
 * error is an attempt that it makes again, and what is one comes to the application too.
 */
export function clientLog(log: Log): (entry: LogEntry) => void {
  return ({ level, namespace, log: { message, ...extra } }) => {
    const fields = { logger: `kafkajs.${namespace}`, ...known(extra) };
    if (level <= logLevel.WARN) {
      log.info(fields, message);
    } else {
      log.debug(fields, message);
    }
  };
}

const names = ['broker', 'error', 'groupId', 'memberId', 'topic', 'partition', 'retryCount'];

/** Without stacks and buffers: a buffer may be a payload. */
function known(extra: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    names
      .filter((name) => ['string', 'number'].includes(typeof extra[name]))
      .map((name) => [name, extra[name]]),
  );
}
