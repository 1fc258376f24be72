import type { Rule } from '../../rule.ts';
import { uncleanLeaderElection } from './kb001-unclean-leader-election.ts';
import { topicsByAccident } from './kb002-topics-by-accident.ts';
import { oneCopyByDefault } from './kb003-one-copy-by-default.ts';
import { oneInSync } from './kb004-one-in-sync.ts';
import { minInsyncReplicas } from './kb005-min-insync-replicas.ts';
import { offsetsOnce } from './kb006-offsets-once.ts';
import { transactionsKeptOnce } from './kb007-transactions-kept-once.ts';
import { internalTopics } from './kb008-internal-topics.ts';
import { internalInSync } from './kb009-internal-in-sync.ts';
import { dataInTmp } from './kb010-data-in-tmp.ts';
import { besideTheVolume } from './kb011-beside-the-volume.ts';
import { advertisedAddress } from './kb012-advertised-address.ts';
import { advertisedHere } from './kb013-advertised-here.ts';
import { advertisedListener } from './kb014-advertised-listener.ts';
import { interBrokerListener } from './kb015-inter-broker-listener.ts';
import { idleZooKeeper } from './kb016-idle-zookeeper.ts';
import { largerThanTaken } from './kb023-larger-than-taken.ts';
import { largerThanARequest } from './kb024-larger-than-a-request.ts';
import { compressedAgain } from './kb026-compressed-again.ts';
import { twoUnits } from './kb027-two-units.ts';
import { smallerThanASegment } from './kb028-smaller-than-a-segment.ts';
import { noEnd } from './kb029-no-end.ts';
import { flushedByHand } from './kb030-flushed-by-hand.ts';
import { slowFetch } from './kb031-slow-fetch.ts';
import { rackOfSome } from './kb032-rack-of-some.ts';
import { groupsStartAtOnce } from './kb033-groups-start-at-once.ts';
import { leadersStay } from './kb034-leaders-stay.ts';
import { offsetsForgotten } from './kb035-offsets-forgotten.ts';
import { refusedTogether } from './kb037-refused-together.ts';
import { removedAuthorizer } from './kb038-removed-authorizer.ts';
import { nodeIdTwice } from './kb039-node-id-twice.ts';
import { heapOfABroker } from './kb040-heap-of-a-broker.ts';
import { logsByLog4j1 } from './kb042-log4j-1.ts';
import { addressOfTokens } from './kb044-address-of-tokens.ts';
import { listenerWithoutProtocol } from './kb045-listener-without-protocol.ts';
import { listenersCollide } from './kb046-listeners-collide.ts';
import { copiesWithoutBrokers } from './kb047-copies-without-brokers.ts';
import { twoIds } from './kb048-two-ids.ts';

export const brokerRules: readonly Rule[] = [
  uncleanLeaderElection,
  topicsByAccident,
  oneCopyByDefault,
  oneInSync,
  minInsyncReplicas,
  offsetsOnce,
  transactionsKeptOnce,
  internalTopics,
  internalInSync,
  dataInTmp,
  besideTheVolume,
  advertisedAddress,
  advertisedHere,
  advertisedListener,
  interBrokerListener,
  idleZooKeeper,
  largerThanTaken,
  largerThanARequest,
  compressedAgain,
  twoUnits,
  smallerThanASegment,
  noEnd,
  flushedByHand,
  slowFetch,
  rackOfSome,
  groupsStartAtOnce,
  leadersStay,
  offsetsForgotten,
  refusedTogether,
  removedAuthorizer,
  nodeIdTwice,
  heapOfABroker,
  logsByLog4j1,
  addressOfTokens,
  listenerWithoutProtocol,
  listenersCollide,
  copiesWithoutBrokers,
  twoIds,
];
