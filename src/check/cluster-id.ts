import type { Setting } from '../landscape/facts/setting.ts';
import type { Workload } from '../landscape/facts/workload.ts';

/** Where an image of a broker takes the id from with which it formats its disks. */
export const clusterIdOf = ({ environment, runs }: Workload): Setting | undefined =>
  runs === 'broker'
    ? environment.findLast(({ key }) => /^((KAFKA_)?(KRAFT_)?CLUSTER_ID)$/.test(key))
    : undefined;
