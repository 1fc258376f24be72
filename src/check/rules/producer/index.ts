import type { Rule } from '../../rule.ts';
import { acksNone } from './kp001-acks-none.ts';
import { idempotenceOff } from './kp004-idempotence-off.ts';
import { tooManyInFlight } from './kp005-too-many-in-flight.ts';
import { deliveryTimeout } from './kp007-delivery-timeout.ts';

export const producerRules: readonly Rule[] = [
  acksNone,
  idempotenceOff,
  tooManyInFlight,
  deliveryTimeout,
];
