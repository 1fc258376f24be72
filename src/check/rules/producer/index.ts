import type { Rule } from '../../rule.ts';
import { acksNone } from './kp001-acks-none.ts';
import { acksLeader } from './kp002-acks-leader.ts';
import { idempotenceDeclined } from './kp003-idempotence-declined.ts';
import { idempotenceOff } from './kp004-idempotence-off.ts';
import { tooManyInFlight } from './kp005-too-many-in-flight.ts';
import { reordered } from './kp006-reordered.ts';
import { deliveryTimeout } from './kp007-delivery-timeout.ts';
import { givesUpEarly } from './kp008-gives-up-early.ts';
import { tinyBatch } from './kp009-tiny-batch.ts';
import { transactionsNeedIdempotence } from './kp011-transactions-need-idempotence.ts';
import { transactionTimeout } from './kp013-transaction-timeout.ts';
import { forgottenSend } from './kp014-forgotten-send.ts';
import { oneByOne } from './kp015-one-by-one.ts';
import { producerForEach } from './kp016-producer-for-each.ts';
import { neverPolled } from './kp017-never-polled.ts';
import { removedClass } from './kp019-removed-from-java.ts';
import { twoPartitioners } from './kp020-two-partitioners.ts';
import { idempotenceRuledOut } from './kp026-idempotence-ruled-out.ts';
import { twoPhaseTimeout } from './kp027-two-phase-timeout.ts';

export const producerRules: readonly Rule[] = [
  acksNone,
  acksLeader,
  idempotenceDeclined,
  idempotenceOff,
  tooManyInFlight,
  reordered,
  deliveryTimeout,
  givesUpEarly,
  tinyBatch,
  transactionsNeedIdempotence,
  transactionTimeout,
  forgottenSend,
  oneByOne,
  producerForEach,
  neverPolled,
  removedClass,
  twoPartitioners,
  idempotenceRuledOut,
  twoPhaseTimeout,
];
