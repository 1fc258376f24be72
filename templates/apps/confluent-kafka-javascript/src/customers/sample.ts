import type { Scenario } from '../generating/scenario.ts';
import { plans, type Customer, type CustomerChanged } from './events.ts';

const firstNames = ['Ada', 'Bruno', 'Chiara', 'Deniz', 'Elena', 'Farid', 'Grace', 'Hiro', 'Ines'];
const lastNames = ['Almeida', 'Becker', 'Costa', 'Dubois', 'Eriksson', 'Fischer', 'Garcia', 'Ito'];
const domains = ['example.com', 'example.net', 'example.org'];
const countries = ['US', 'DE', 'BR', 'FR', 'JP', 'IT', 'SE', 'ES'];

/** Customers sign up, change now and then, and a few leave. */
export function* sample(scenario: Scenario): Iterable<CustomerChanged> {
  const customers: Customer[] = [];
  let lsn = 24_000_000;
  for (;;) {
    lsn += scenario.between(1, 400);
    const index = Math.floor(customers.length * scenario.random() ** 3);
    const before = customers[index];
    if (!before || (customers.length < 300 && scenario.chance(0.4))) {
      const after = signUp(scenario);
      customers.push(after);
      yield change(scenario, 'c', null, after, lsn);
    } else if (customers.length > 20 && scenario.chance(0.05)) {
      customers.splice(index, 1);
      yield change(scenario, 'd', before, null, lsn);
    } else {
      const after = scenario.chance(0.6)
        ? { ...before, plan: scenario.pick(plans) }
        : { ...before, country: scenario.pickSkewed(countries) };
      customers[index] = after;
      yield change(scenario, 'u', before, after, lsn);
    }
  }
}

function signUp(scenario: Scenario): Customer {
  const first = scenario.pick(firstNames);
  const last = scenario.pick(lastNames);
  const customerId = scenario.code('cust', 8);
  return {
    customerId,
    email: `${first}.${last}.${customerId.slice(-3)}@${scenario.pick(domains)}`.toLowerCase(),
    name: `${first} ${last}`,
    country: scenario.pickSkewed(countries),
    plan: scenario.pickSkewed(plans),
  };
}

function change(
  scenario: Scenario,
  op: CustomerChanged['op'],
  before: Customer | null,
  after: Customer | null,
  lsn: number,
): CustomerChanged {
  const customerId = (after ?? before)?.customerId ?? '';
  return { ...scenario.event('CustomerChanged'), customerId, op, before, after, lsn };
}
