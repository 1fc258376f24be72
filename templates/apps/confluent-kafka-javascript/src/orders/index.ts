import type { Domain } from '../domain-types.ts';
import { derive } from './derive.ts';
import { orderEvent, type OrderEvent } from './events.ts';
import { sample } from './sample.ts';
import { apply, effects, tables } from './tables.ts';
import { views } from './views.ts';

/** Orders, followed from placed to shipped or cancelled. */
export const domain: Domain<OrderEvent> = {
  schema: orderEvent,
  keyOf: (event) => event.orderId,
  tables,
  apply,
  effects,
  views,
  derive,
  sample,
};
