import { z } from 'zod';
import { baseEvent, count, nonEmpty } from '../events.ts';

export const plans = ['free', 'pro', 'enterprise'] as const;

const customer = z.looseObject({
  customerId: nonEmpty,
  email: nonEmpty,
  name: nonEmpty,
  country: nonEmpty,
  plan: z.enum(plans),
});

/** A row change as change data capture reports it: created, updated or deleted. */
export const customerChanged = z.looseObject({
  ...baseEvent,
  eventType: z.literal('CustomerChanged'),
  customerId: nonEmpty,
  op: z.enum(['c', 'u', 'd']),
  before: customer.nullable(),
  after: customer.nullable(),
  /** The position in the source's log; grows with every change. */
  lsn: count,
});

export type Customer = z.output<typeof customer>;
export type CustomerChanged = z.output<typeof customerChanged>;
