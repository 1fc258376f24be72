import type { Rule } from '../../rule.ts';
import { brokersUnwatched } from './ko002-brokers-unwatched.ts';
import { lagUnwatched } from './ko003-lag-unwatched.ts';
import { lagFlaps } from './ko004-lag-flaps.ts';
import { removedMetric } from './ko005-removed-metric.ts';
import { notExported } from './ko009-not-exported.ts';

export const monitoringRules: readonly Rule[] = [
  brokersUnwatched,
  lagUnwatched,
  lagFlaps,
  removedMetric,
  notExported,
];
