import type { Rule } from '../../rule.ts';
import { endlessLoop } from './km001-endless-loop.ts';
import { targetElsewhere } from './km002-target-elsewhere.ts';
import { sameClusterTwice } from './km003-same-cluster-twice.ts';
import { oneCopy } from './km004-one-copy.ts';
import { offsetsNotSynced } from './km005-offsets-not-synced.ts';
import { twoPolicies } from './km006-two-policies.ts';
import { firstMirrorMaker } from './km008-first-mirror-maker.ts';
import { unlistedCluster } from './km012-unlisted-cluster.ts';
import { noFlow } from './km013-no-flow.ts';
import { separator } from './km015-separator.ts';
import { starAlone } from './km016-star-alone.ts';

export const mirrorRules: readonly Rule[] = [
  endlessLoop,
  targetElsewhere,
  sameClusterTwice,
  oneCopy,
  offsetsNotSynced,
  twoPolicies,
  firstMirrorMaker,
  unlistedCluster,
  noFlow,
  separator,
  starAlone,
];
