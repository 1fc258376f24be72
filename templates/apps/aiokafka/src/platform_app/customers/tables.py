"""The newest known state of each customer.

A deleted customer stays as a row without a name: its lsn has to refuse older changes that
arrive later (a snapshot that overlaps with the log, a dead letter that is sent again).
"""

from collections.abc import Sequence

from platform_app.customers.events import CustomerChanged
from platform_app.event import Refused
from platform_app.store.session import SqlValue, Transaction

TABLES = (
    """
    CREATE TABLE IF NOT EXISTS customers (
      customer_id TEXT PRIMARY KEY,
      email TEXT,
      name TEXT,
      country TEXT,
      plan TEXT,
      deleted INTEGER NOT NULL,
      lsn BIGINT NOT NULL,
      changes BIGINT NOT NULL
    )
    """,
    "CREATE INDEX IF NOT EXISTS customers_by_country ON customers (country, customer_id)",
)

EFFECTS = "SELECT SUM(changes) FROM customers"


def apply(transaction: Transaction, events: Sequence[CustomerChanged]) -> None:
    states = [_state(event) for event in events]
    # Every change is counted, even one that comes too late to change anything.
    transaction.execute_many(
        """
        INSERT INTO customers (customer_id, deleted, lsn, changes) VALUES (%s, 1, -1, 1)
        ON CONFLICT (customer_id) DO UPDATE SET changes = customers.changes + 1
        """,
        [(event.customer_id,) for event in events],
    )
    transaction.execute_many(
        """
        UPDATE customers SET email = %s, name = %s, country = %s, plan = %s, deleted = %s, lsn = %s
        WHERE customer_id = %s AND lsn <= %s
        """,
        states,
    )


def _state(event: CustomerChanged) -> tuple[SqlValue, ...]:
    if event.op == "d":
        return (None, None, None, None, 1, event.lsn, event.customer_id, event.lsn)
    if event.after is None:
        raise Refused(f"op {event.op} says nothing about the customer after the change")
    after = event.after
    return (
        after.email,
        after.name,
        after.country,
        after.plan,
        0,
        event.lsn,
        event.customer_id,
        event.lsn,
    )
