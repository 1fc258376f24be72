import type { Sql } from '../store/store.ts';
import type { OrderEvent } from './events.ts';

export const statuses = ['placed', 'paid', 'shipped', 'cancelled'] as const;
export type OrderStatus = (typeof statuses)[number];

export const tables = [
  `CREATE TABLE IF NOT EXISTS orders (
     order_id TEXT PRIMARY KEY,
     status TEXT NOT NULL,
     total_cents BIGINT
   )`,
  `CREATE TABLE IF NOT EXISTS order_history (
     event_id TEXT PRIMARY KEY,
     order_id TEXT NOT NULL,
     event_type TEXT NOT NULL,
     occurred_at TEXT NOT NULL
   )`,
  'CREATE INDEX IF NOT EXISTS order_history_by_order ON order_history (order_id)',
  'CREATE INDEX IF NOT EXISTS orders_by_status ON orders (status, order_id)',
];

const statusAfter: Record<OrderEvent['eventType'], OrderStatus> = {
  OrderPlaced: 'placed',
  OrderPaid: 'paid',
  OrderShipped: 'shipped',
  OrderCancelled: 'cancelled',
};

/**
 * The events of an order arrive in order, but not necessarily from the first one on: retention may
 * have removed it. So any event can create the order, and its total stays unknown until placed.
 */
export async function apply(events: readonly OrderEvent[], sql: Sql): Promise<void> {
  for (const event of events) {
    await sql.run(
      `INSERT INTO order_history (event_id, order_id, event_type, occurred_at)
       VALUES ($1, $2, $3, $4)`,
      event.eventId,
      event.orderId,
      event.eventType,
      event.occurredAt,
    );
    await sql.run(
      `INSERT INTO orders (order_id, status, total_cents) VALUES ($1, $2, $3)
       ON CONFLICT (order_id) DO UPDATE SET status = excluded.status,
         total_cents = COALESCE(excluded.total_cents, orders.total_cents)`,
      event.orderId,
      statusAfter[event.eventType],
      event.eventType === 'OrderPlaced' ? event.totalCents : null,
    );
  }
}

export const effects = 'SELECT COUNT(*) FROM order_history';
