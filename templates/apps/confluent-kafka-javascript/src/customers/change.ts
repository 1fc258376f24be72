import type { Customer, CustomerChanged } from './events.ts';

/** The customer as the change leaves it; null when it is deleted. */
export function rowAfter({ customerId, op, after }: CustomerChanged): Customer | null {
  if (op === 'd') {
    return null;
  }
  if (after === null) {
    throw new Error(`The change ${op} of ${customerId} has no row after it.`);
  }
  return after;
}
