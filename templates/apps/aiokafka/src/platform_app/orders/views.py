"""GET /views/orders and /views/orders/{orderId}."""

from typing import Any, Literal

from fastapi import APIRouter

from platform_app.web.errors import not_found
from platform_app.web.views import Limit, Store

views = APIRouter()

Status = Literal["placed", "paid", "shipped", "cancelled"]
ORDER = 'order_id AS "orderId", status, total_cents AS "totalCents"'


@views.get("/orders")
def orders(store: Store, status: Status | None = None, limit: Limit = 50) -> dict[str, Any]:
    clause, values = ("", []) if status is None else ("WHERE status = %s", [status])
    statement = f"SELECT {ORDER} FROM orders {clause} ORDER BY order_id LIMIT %s"  # noqa: S608
    return {"orders": store.rows(statement, *values, limit)}


@views.get("/orders/{order_id}")
def order(store: Store, order_id: str) -> dict[str, Any]:
    found = store.row(f"SELECT {ORDER} FROM orders WHERE order_id = %s", order_id)  # noqa: S608
    if found is None:
        raise not_found(f"Order {order_id}")
    # As they arrived: clocks of different services don't agree, offsets of a partition do.
    history = store.rows(
        """
        SELECT h.event_type AS "eventType", h.occurred_at AS "occurredAt"
        FROM order_history h JOIN processed_events p ON p.event_id = h.event_id
        WHERE h.order_id = %s ORDER BY p.processed_at, p.record_offset
        """,
        order_id,
    )
    return {**found, "history": history}
