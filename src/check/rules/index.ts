import type { Rule } from '../rule.ts';
import { uncleanLeaderElection } from './kb001-unclean-leader-election.ts';
import { minInsyncReplicas } from './kb005-min-insync-replicas.ts';
import { dataInTmp } from './kb010-data-in-tmp.ts';
import { advertisedAddress } from './kb012-advertised-address.ts';
import { advertisedListener } from './kb014-advertised-listener.ts';
import { newProtocol } from './kc005-new-protocol.ts';
import { heartbeat } from './kc007-heartbeat.ts';
import { unknownKey } from './kg001-unknown-key.ts';
import { removedKey } from './kg002-removed-key.ts';
import { deprecatedKey } from './kg003-deprecated-key.ts';
import { invalidValue } from './kg004-invalid-value.ts';
import { saidTwice } from './kg005-said-twice.ts';
import { commentInValue } from './kg006-inline-comment.ts';
import { acksNone } from './kp001-acks-none.ts';
import { idempotenceOff } from './kp004-idempotence-off.ts';
import { tooManyInFlight } from './kp005-too-many-in-flight.ts';
import { deliveryTimeout } from './kp007-delivery-timeout.ts';
import { evenQuorum } from './kr001-even-quorum.ts';

export const rules: readonly Rule[] = [
  unknownKey,
  removedKey,
  deprecatedKey,
  invalidValue,
  saidTwice,
  commentInValue,
  uncleanLeaderElection,
  minInsyncReplicas,
  dataInTmp,
  advertisedAddress,
  advertisedListener,
  evenQuorum,
  acksNone,
  idempotenceOff,
  tooManyInFlight,
  deliveryTimeout,
  newProtocol,
  heartbeat,
];
