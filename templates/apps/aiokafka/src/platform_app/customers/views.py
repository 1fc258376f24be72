"""GET /views/customers and /views/customers/{customerId}."""

from typing import Any

from fastapi import APIRouter

from platform_app.web.errors import not_found
from platform_app.web.views import Limit, Store

views = APIRouter()

CUSTOMER = 'customer_id AS "customerId", email, name, country, plan, lsn'


@views.get("/customers")
def customers(store: Store, country: str | None = None, limit: Limit = 50) -> dict[str, Any]:
    statement = f"SELECT {CUSTOMER} FROM customers WHERE deleted = 0"  # noqa: S608
    values: list[str] = []
    if country is not None:
        statement += " AND country = %s"
        values.append(country)
    return {"customers": store.rows(f"{statement} ORDER BY customer_id LIMIT %s", *values, limit)}


@views.get("/customers/{customer_id}")
def customer(store: Store, customer_id: str) -> dict[str, Any]:
    found = store.row(
        f"SELECT {CUSTOMER} FROM customers WHERE customer_id = %s AND deleted = 0",  # noqa: S608
        customer_id,
    )
    if found is None:
        raise not_found(f"Customer {customer_id}")
    return found
