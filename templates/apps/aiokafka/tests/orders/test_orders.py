from typing import Any

import pytest

from platform_app.codec import InvalidEvent, decode
from platform_app.orders import domain
from support import OpenStore, apply, event_json, questions

LINE = {"sku": "CUP", "quantity": 2, "unitPriceCents": 500}
PLACED = {"customerId": "c-1", "currency": "EUR", "totalCents": 1000, "lines": [LINE]}


def placed(number: int, order_id: str = "o-1", **changes: Any) -> bytes:
    return event_json(number, "OrderPlaced", orderId=order_id, **{**PLACED, **changes})


def paid(number: int, order_id: str = "o-1") -> bytes:
    return event_json(number, "OrderPaid", orderId=order_id, paymentId="p-1", amountCents=1000)


def shipped(number: int, order_id: str = "o-1") -> bytes:
    return event_json(number, "OrderShipped", orderId=order_id, carrier="DHL", trackingCode="1")


def cancelled(number: int, order_id: str = "o-1") -> bytes:
    return event_json(number, "OrderCancelled", orderId=order_id, reason="out of stock")


@pytest.mark.parametrize("value", [placed(1), paid(1), shipped(1), cancelled(1)])
def test_the_key_is_the_order(value: bytes) -> None:
    assert domain.key(decode(domain.events, value)) == "o-1"


@pytest.mark.parametrize(
    "changes",
    [
        {"lines": []},
        {"lines": [{**LINE, "quantity": 0}]},
        {"currency": "EURO"},
        {"totalCents": -1},
        {"eventType": "OrderEaten"},
    ],
)
def test_fields_out_of_range_are_invalid(changes: dict[str, Any]) -> None:
    fields = {"orderId": "o-1", **PLACED, "eventType": "OrderPlaced", **changes}
    with pytest.raises(InvalidEvent):
        decode(domain.events, event_json(1, fields.pop("eventType"), **fields))


def test_an_order_has_its_status_and_its_history(open_store: OpenStore) -> None:
    store = open_store(domain)
    apply(domain, store, [placed(1), placed(2, "o-2"), paid(3), shipped(4), cancelled(5, "o-2")])
    http = questions(domain, store)
    order = http.get("/views/orders/o-1").json()
    history = order.pop("history")
    assert order == {"orderId": "o-1", "status": "shipped", "totalCents": 1000}
    assert [entry["eventType"] for entry in history] == ["OrderPlaced", "OrderPaid", "OrderShipped"]
    assert http.get("/views/orders", params={"status": "cancelled"}).json() == {
        "orders": [{"orderId": "o-2", "status": "cancelled", "totalCents": 1000}]
    }
    assert len(http.get("/views/orders", params={"limit": 1}).json()["orders"]) == 1
    assert store.stats() == {"events": 5, "effects": 5}


def test_an_order_whose_first_event_is_gone_has_no_total(open_store: OpenStore) -> None:
    store = open_store(domain)
    apply(domain, store, [paid(1)])
    order = questions(domain, store).get("/views/orders/o-1").json()
    assert (order["status"], order["totalCents"]) == ("paid", None)


def test_unknown_orders_and_statuses_are_errors(open_store: OpenStore) -> None:
    http = questions(domain, open_store(domain))
    assert http.get("/views/orders/o-9").status_code == 404
    assert http.get("/views/orders", params={"status": "eaten"}).status_code == 422
