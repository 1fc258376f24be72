import type { Configuration } from '../landscape/facts/configuration.ts';

/** A resource stands for a whole cluster; that of another environment has mostly the same name. */
export const clusterOf = ({ cluster, file, workload }: Configuration): string | undefined =>
  cluster === undefined || workload ? cluster : `${file} ${cluster}`;
