import type { Configuration } from '../landscape/facts/configuration.ts';

/** A resource, by its name, stands for a whole cluster; that of another environment has mostly the same. */
export const clusterOf = ({ cluster, file, name, workload }: Configuration): string | undefined =>
  cluster === undefined || workload || name === undefined ? cluster : `${file} ${cluster}`;
