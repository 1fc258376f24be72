import { z } from 'zod';
import { view } from '../domain-types.ts';
import { limit } from '../events.ts';
import { statuses } from './tables.ts';

const oneOrder = view(
  '/views/orders/:orderId',
  z.object({ orderId: z.string() }),
  async (sql, { orderId }) => {
    const [order] = await sql.rows(
      `SELECT order_id AS "orderId", status, total_cents AS "totalCents"
       FROM orders WHERE order_id = $1`,
      orderId,
    );
    if (!order) {
      return undefined;
    }
    // As they arrived: clocks of different services don't agree, the offsets of a partition do.
    const history = await sql.rows(
      `SELECT h.event_type AS "eventType", h.occurred_at AS "occurredAt"
       FROM order_history h JOIN processed_events p ON p.event_id = h.event_id
       WHERE h.order_id = $1 ORDER BY p.processed_at, p.record_offset`,
      orderId,
    );
    return { ...order, history };
  },
);

const ordersByStatus = view(
  '/views/orders',
  z.object({ status: z.enum(statuses).optional(), limit: limit.default(50) }),
  async (sql, { status, limit }) => ({
    orders: await sql.rows(
      `SELECT order_id AS "orderId", status, total_cents AS "totalCents" FROM orders
       WHERE status = COALESCE($1, status) ORDER BY order_id LIMIT $2`,
      status ?? null,
      limit,
    ),
  }),
);

export const views = [oneOrder, ordersByStatus];
