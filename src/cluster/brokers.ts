import type { LiveCluster } from './live.ts';
import { describeClusterV1, describeClusterV2 } from './messages/describe-cluster.ts';

export type RegisteredBroker = {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
  readonly isFenced: boolean;
};

export type Registered = {
  readonly clusterId: string;
  readonly brokers: readonly RegisteredBroker[];
  /**
   * AclOperation.DESCRIBE on the cluster. Who has it not is seldom told of every topic and group,
   * and never of what is left out.
   */
  readonly mayDescribe: boolean;
};

const describeBit = 1 << 8;

export async function registeredBrokers(cluster: LiveCluster): Promise<Registered> {
  const { clusterId, brokers, clusterAuthorizedOperations } = await cluster.ask([
    describeClusterV2,
    describeClusterV1,
  ]);
  return {
    clusterId,
    brokers: brokers.map(({ brokerId, host, port, rack, isFenced }) => ({
      id: brokerId,
      host,
      port,
      rack,
      isFenced,
    })),
    mayDescribe: (clusterAuthorizedOperations & describeBit) !== 0,
  };
}
