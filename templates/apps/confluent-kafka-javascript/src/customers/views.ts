import { z } from 'zod';
import { view } from '../domain-types.ts';
import { limit } from '../events.ts';

const columns = 'customer_id AS "customerId", email, name, country, plan, lsn';

const oneCustomer = view(
  '/views/customers/:customerId',
  z.object({ customerId: z.string() }),
  async (sql, { customerId }) => {
    const [customer] = await sql.rows(
      `SELECT ${columns} FROM customers WHERE customer_id = $1 AND deleted = 0`,
      customerId,
    );
    return customer;
  },
);

const customersByCountry = view(
  '/views/customers',
  z.object({ country: z.string().optional(), limit: limit.default(50) }),
  async (sql, { country, limit }) => ({
    customers: await sql.rows(
      `SELECT ${columns} FROM customers WHERE deleted = 0 AND country = COALESCE($1, country)
       ORDER BY customer_id LIMIT $2`,
      country ?? null,
      limit,
    ),
  }),
);

export const views = [oneCustomer, customersByCountry];
