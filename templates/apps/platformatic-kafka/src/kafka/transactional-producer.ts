import {
  addPartitionsToTxnV3,
  kGetApi,
  ProduceAcks,
  Producer,
  type API,
  type Callback,
} from '@platformatic/kafka';
import { clientOptions } from './client.ts';
import type { Cluster } from './cluster.ts';

/** After this the coordinator aborts a transaction whose producer is gone. */
export const TRANSACTION_TIMEOUT_MS = 60_000;

/**
 * From version 4 on, AddPartitionsToTxn is for brokers among themselves and needs ClusterAction
 * (KIP-890). The client would take the newest version, and with it be refused as an ordinary user.
 */
class TransactionalProducer extends Producer {
  override [kGetApi]<Request extends unknown[], Response>(
    name: string,
    callback: Callback<API<Request, Response>>,
  ): void {
    if (name === 'AddPartitionsToTxn') {
      callback(null, addPartitionsToTxnV3.api as unknown as API<Request, Response>);
    } else {
      super[kGetApi](name, callback);
    }
  }
}

export function transactionalProducer(cluster: Cluster, transactionalId: string): Producer {
  return new TransactionalProducer({
    ...clientOptions(cluster),
    transactionalId,
    idempotent: true,
    acks: ProduceAcks.ALL,
    compression: 'lz4',
    // The client sends it as the transaction's timeout too.
    timeout: TRANSACTION_TIMEOUT_MS,
    requestTimeout: 15_000,
    retries: 10,
  });
}
