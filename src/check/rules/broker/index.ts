import type { Rule } from '../../rule.ts';
import { uncleanLeaderElection } from './kb001-unclean-leader-election.ts';
import { minInsyncReplicas } from './kb005-min-insync-replicas.ts';
import { dataInTmp } from './kb010-data-in-tmp.ts';
import { advertisedAddress } from './kb012-advertised-address.ts';
import { advertisedListener } from './kb014-advertised-listener.ts';

export const brokerRules: readonly Rule[] = [
  uncleanLeaderElection,
  minInsyncReplicas,
  dataInTmp,
  advertisedAddress,
  advertisedListener,
];
