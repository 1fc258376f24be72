import type { Producer } from '@confluentinc/kafka-javascript';
import { errorFields } from '../service/log.ts';
import type { Cluster } from './cluster.ts';
import { acknowledged, connectProducer, disconnect, produce } from './producing-client.ts';
import type { OutgoingRecord } from './records.ts';

/** The seam to Kafka: writes records to one partition, and says where each of them stands. */
export interface Sender {
  send(partition: number, records: readonly OutgoingRecord[]): Promise<bigint[]>;
  close(): Promise<void>;
}

/** An idempotent producer for one topic. After a failure, which may be fatal to it, another takes over. */
export function kafkaSender(
  cluster: Cluster,
  topic: string,
  deliveryTimeoutMs: number,
  connect = connectProducer,
): Sender {
  let connected: Promise<Producer> | undefined;

  const close = async (): Promise<void> => {
    const closing = await connected?.catch(() => undefined);
    connected = undefined;
    if (closing) {
      await disconnect(closing);
    }
  };

  return {
    async send(partition, records) {
      try {
        const producer = await (connected ??= connect(cluster, {
          'delivery.timeout.ms': deliveryTimeoutMs,
          // The records of a send come in one batch; the lane has waited for them.
          'linger.ms': 1,
        }));
        const offsets = await acknowledged(
          records.map((record) => produce(producer, topic, partition, record)),
        );
        // Not counted from the first: the client may have made several batches of them, and those of
        // other producers may be in between.
        return offsets.map(BigInt);
      } catch (error) {
        close().catch((closing: unknown) => {
          cluster.log.debug(errorFields(closing), 'could not close a producer');
        });
        throw error;
      }
    },
    close,
  };
}
