import type { Rule } from '../../rule.ts';
import { uncleanLeaderElection } from './kb001-unclean-leader-election.ts';
import { minInsyncReplicas } from './kb005-min-insync-replicas.ts';
import { offsetsOnce } from './kb006-offsets-once.ts';
import { internalTopics } from './kb008-internal-topics.ts';
import { dataInTmp } from './kb010-data-in-tmp.ts';
import { besideTheVolume } from './kb011-beside-the-volume.ts';
import { advertisedAddress } from './kb012-advertised-address.ts';
import { advertisedHere } from './kb013-advertised-here.ts';
import { advertisedListener } from './kb014-advertised-listener.ts';
import { interBrokerListener } from './kb015-inter-broker-listener.ts';
import { slowFetch } from './kb031-slow-fetch.ts';
import { removedAuthorizer } from './kb038-removed-authorizer.ts';
import { nodeIdTwice } from './kb039-node-id-twice.ts';

export const brokerRules: readonly Rule[] = [
  uncleanLeaderElection,
  minInsyncReplicas,
  offsetsOnce,
  internalTopics,
  dataInTmp,
  besideTheVolume,
  advertisedAddress,
  advertisedHere,
  advertisedListener,
  removedAuthorizer,
  nodeIdTwice,
  interBrokerListener,
  slowFetch,
];
