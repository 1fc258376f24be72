import json
from typing import Any

import pytest

from platform_app.codec import decode, encode
from platform_app.orders import domain
from support import event_json

FIELDS: dict[str, dict[str, Any]] = {
    "OrderPlaced": {
        "customerId": "c-1",
        "currency": "EUR",
        "totalCents": 5,
        "lines": [{"sku": "CUP", "quantity": 1, "unitPriceCents": 5}],
    },
    "OrderPaid": {"paymentId": "p-1", "amountCents": 5},
    "OrderShipped": {"carrier": "DHL", "trackingCode": "1"},
    "OrderCancelled": {"reason": "out of stock"},
}


@pytest.mark.parametrize(
    ("event_type", "subject", "urgent"),
    [
        ("OrderPlaced", "Order received", False),
        ("OrderPaid", "Payment received", False),
        ("OrderShipped", "Order shipped", False),
        ("OrderCancelled", "Order cancelled", True),
    ],
)
def test_each_event_has_its_notice(event_type: str, subject: str, urgent: bool) -> None:
    value = event_json(1, event_type, orderId="o-1", **FIELDS[event_type])
    notice = json.loads(encode(domain.derive(decode(domain.events, value))))
    assert notice == {
        "eventId": "00000000-0000-4000-8000-000000000001",
        "eventType": "OrderNoticeDue",
        "occurredAt": "2026-01-01T12:00:00.000Z",
        "orderId": "o-1",
        "subject": subject,
        "urgent": urgent,
    }
