import { setTimeout as sleep } from 'node:timers/promises';
import { KafkaRefused } from '../kafka/failures.ts';
import type { Subscription } from '../kafka/subscription.ts';
import { backoffMs } from '../service/backoff.ts';
import { errorFields, type Log } from '../service/log.ts';

type Membership = Pick<Subscription, 'open' | 'close'>;

export interface GroupLoop<Member extends Membership> {
  /** What has to be done before joining, and again before joining again. */
  prepare?: (signal: AbortSignal) => Promise<void>;
  subscribe: () => Member;
  /** Reads until the signal; if it throws, it is called again with a new membership. */
  consume: (subscription: Member, onProgress: () => void) => Promise<void>;
  signal: AbortSignal;
  log: Log;
}

/** Starts over with a new membership when one is lost. Rejects only when Kafka refused for good. */
export async function keepConsuming<Member extends Membership>(
  loop: GroupLoop<Member>,
): Promise<void> {
  for (let attempt = 1; !loop.signal.aborted; attempt += 1) {
    try {
      await consumeAsMember(loop, () => {
        attempt = 0;
      });
    } catch (error) {
      if (error instanceof KafkaRefused) {
        throw error;
      }
      await waitAfter(error, attempt, loop);
    }
  }
}

async function waitAfter(
  error: unknown,
  attempt: number,
  { signal, log }: Pick<GroupLoop<never>, 'signal' | 'log'>,
): Promise<void> {
  if (!signal.aborted) {
    log.warn({ ...errorFields(error), attempt }, 'starting over with a new group membership');
    await sleep(backoffMs(attempt), undefined, { signal }).catch(() => undefined);
  }
}

async function consumeAsMember<Member extends Membership>(
  { prepare, subscribe, consume, signal, log }: GroupLoop<Member>,
  onProgress: () => void,
): Promise<void> {
  await prepare?.(signal);
  const subscription = subscribe();
  try {
    await subscription.open(signal);
    await consume(subscription, onProgress);
  } finally {
    await subscription.close().catch((error: unknown) => {
      log.warn(errorFields(error), 'could not leave the group');
    });
  }
}
