import type { Rule } from '../../rule.ts';
import { acksNone } from './kp001-acks-none.ts';
import { idempotenceOff } from './kp004-idempotence-off.ts';
import { tooManyInFlight } from './kp005-too-many-in-flight.ts';
import { deliveryTimeout } from './kp007-delivery-timeout.ts';
import { givesUpEarly } from './kp008-gives-up-early.ts';
import { tinyBatch } from './kp009-tiny-batch.ts';
import { transactionsNeedIdempotence } from './kp011-transactions-need-idempotence.ts';
import { transactionTimeout } from './kp013-transaction-timeout.ts';

export const producerRules: readonly Rule[] = [
  acksNone,
  idempotenceOff,
  tooManyInFlight,
  deliveryTimeout,
  givesUpEarly,
  tinyBatch,
  transactionTimeout,
  transactionsNeedIdempotence,
];
