import type { Domain } from '../domain-types.ts';
import { derive } from './derive.ts';
import { customerChanged, type CustomerChanged } from './events.ts';
import { sample } from './sample.ts';
import { apply, effects, tables } from './tables.ts';
import { views } from './views.ts';

/** Customers, kept in step with a table elsewhere. */
export const domain: Domain<CustomerChanged> = {
  schema: customerChanged,
  keyOf: (event) => event.customerId,
  tables,
  apply,
  effects,
  views,
  derive,
  sample,
};
