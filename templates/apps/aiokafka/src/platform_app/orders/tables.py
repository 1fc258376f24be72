"""Where each order stands, and how it came there.

The partition keeps the events of an order in order, so the last one to arrive is its status.
The first one may be gone already (retention): then an order has a status and no total.
"""

from collections.abc import Sequence

from platform_app.moment import iso_millis
from platform_app.orders.events import OrderEvent, OrderPlaced
from platform_app.store.session import Transaction

TABLES = (
    """
    CREATE TABLE IF NOT EXISTS orders (
      order_id TEXT PRIMARY KEY,
      status TEXT NOT NULL,
      total_cents BIGINT
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS order_history (
      event_id TEXT PRIMARY KEY,
      order_id TEXT NOT NULL,
      event_type TEXT NOT NULL,
      occurred_at TEXT NOT NULL
    )
    """,
    "CREATE INDEX IF NOT EXISTS orders_by_status ON orders (status, order_id)",
    "CREATE INDEX IF NOT EXISTS order_history_by_order ON order_history (order_id)",
)

EFFECTS = "SELECT COUNT(*) FROM order_history"

STATUS = {
    "OrderPlaced": "placed",
    "OrderPaid": "paid",
    "OrderShipped": "shipped",
    "OrderCancelled": "cancelled",
}


def apply(transaction: Transaction, events: Sequence[OrderEvent]) -> None:
    transaction.execute_many(
        "INSERT INTO order_history (event_id, order_id, event_type, occurred_at) "
        "VALUES (%s, %s, %s, %s)",
        [(str(e.event_id), e.order_id, e.event_type, iso_millis(e.occurred_at)) for e in events],
    )
    transaction.execute_many(
        """
        INSERT INTO orders (order_id, status, total_cents) VALUES (%s, %s, %s)
        ON CONFLICT (order_id) DO UPDATE SET
          status = EXCLUDED.status,
          total_cents = COALESCE(EXCLUDED.total_cents, orders.total_cents)
        """,
        [(e.order_id, STATUS[e.event_type], _total(e)) for e in events],
    )


def _total(event: OrderEvent) -> int | None:
    return event.total_cents if isinstance(event, OrderPlaced) else None
