from typing import Any

import pytest

from platform_app.codec import decode
from platform_app.customers import domain
from platform_app.customers.derived import CustomerListed
from platform_app.event import Event, Refused
from support import event_json

CUSTOMER = {
    "customerId": "c-1",
    "email": "ann@example.com",
    "name": "Ann",
    "country": "DE",
    "plan": "pro",
}


def listed(op: str, after: dict[str, Any] | None) -> Event:
    value = event_json(
        1, "CustomerChanged", customerId="c-1", op=op, before=None, after=after, lsn=1
    )
    return domain.derive(decode(domain.events, value))


def test_a_customer_is_listed_with_mail_and_plan() -> None:
    event = listed("u", CUSTOMER)
    assert isinstance(event, CustomerListed)
    assert (event.listed, event.email, event.plan) == (True, "ann@example.com", "pro")


def test_a_deleted_customer_is_not_listed_whatever_the_change_says() -> None:
    event = listed("d", CUSTOMER)
    assert isinstance(event, CustomerListed)
    assert (event.listed, event.email, event.plan) == (False, None, None)


def test_a_change_that_says_nothing_is_refused() -> None:
    with pytest.raises(Refused):
        listed("c", None)
