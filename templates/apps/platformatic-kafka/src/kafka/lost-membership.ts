import { consumerHeartbeatChannel, type Consumer } from '@platformatic/kafka';
import type { GroupSettings } from '../service/settings.ts';
import { hasErrorCode } from './errors.ts';
import { KafkaRefused } from './failures.ts';

/**
 * Tells of the two answers to a heartbeat that the client goes on after as if nothing had happened.
 * Returns what ends the watching.
 */
export function onLostMembership(
  consumer: Consumer,
  { protocol, instanceId }: GroupSettings,
  lost: (error: Error) => void,
): () => void {
  const onError = (message: unknown): void => {
    const { client, error } = message as { client: unknown; error: Error };
    if (client !== consumer) {
      return;
    }
    if (hasErrorCode(error, 'FENCED_INSTANCE_ID')) {
      // It would join again and fence the other one in turn.
      const reason = `Fenced: another member took over the group instance id ${instanceId ?? ''}`;
      lost(new KafkaRefused(reason, { cause: error }));
    } else if (protocol === 'consumer' && hasErrorCode(error, 'UNKNOWN_MEMBER_ID')) {
      // The session timed out, and with this protocol it would go on asking as the lost member.
      lost(error);
    }
  };
  consumerHeartbeatChannel.error.subscribe(onError);
  return () => {
    consumerHeartbeatChannel.error.unsubscribe(onError);
  };
}
