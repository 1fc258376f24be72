import { z } from 'zod';
import { baseEvent, count, letters, nonEmpty } from '../events.ts';

export const plans = ['free', 'pro', 'enterprise'] as const;

const customer = z.looseObject({
  customerId: nonEmpty,
  email: z.string(),
  name: z.string(),
  country: letters(2),
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
