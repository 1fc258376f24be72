import type { Rule } from '../../rule.ts';
import { commitsBeforeWork } from './kc001-commits-before-work.ts';
import { autoCommitInTransactions } from './kc002-auto-commit-in-transactions.ts';
import { eagerAssignor } from './kc003-eager-assignor.ts';
import { newProtocol } from './kc005-new-protocol.ts';
import { heartbeat } from './kc007-heartbeat.ts';
import { sessionLimits } from './kc008-session-limits.ts';
import { endlessPatience } from './kc009-endless-patience.ts';
import { readsUncommitted } from './kc010-reads-uncommitted.ts';
import { groupName } from './kc012-group-name.ts';
import { sharedGroup } from './kc013-shared-group.ts';
import { staticMember } from './kc014-static-member.ts';
import { wrongWayRound } from './kc015-wrong-way-round.ts';
import { rareHeartbeats } from './kc029-rare-heartbeats.ts';
import { remoteAssignor } from './kc031-remote-assignor.ts';

export const consumerRules: readonly Rule[] = [
  commitsBeforeWork,
  autoCommitInTransactions,
  eagerAssignor,
  newProtocol,
  heartbeat,
  sessionLimits,
  endlessPatience,
  readsUncommitted,
  groupName,
  sharedGroup,
  staticMember,
  wrongWayRound,
  rareHeartbeats,
  remoteAssignor,
];
