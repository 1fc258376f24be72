from typing import Any

import pytest

from platform_app.codec import InvalidEvent, decode
from platform_app.customers import domain
from support import OpenStore, apply, event_json, questions


def customer(customer_id: str = "c-1", **changes: Any) -> dict[str, Any]:
    fields = {"customerId": customer_id, "email": "ann@example.com", "name": "Ann"}
    return {**fields, "country": "DE", "plan": "free", **changes}


def changed(number: int, op: str, lsn: int, after: dict[str, Any] | None) -> bytes:
    customer_id = after["customerId"] if after else "c-1"
    return event_json(
        number, "CustomerChanged", customerId=customer_id, op=op, before=None, after=after, lsn=lsn
    )


def test_the_key_is_the_customer() -> None:
    assert domain.key(decode(domain.events, changed(1, "c", 1, customer()))) == "c-1"


@pytest.mark.parametrize(
    "value",
    [
        changed(1, "x", 1, customer()),
        changed(1, "c", -1, customer()),
        changed(1, "c", 1, customer(plan="gold")),
        changed(1, "c", 1, customer(country="Germany")),
    ],
)
def test_fields_out_of_range_are_invalid(value: bytes) -> None:
    with pytest.raises(InvalidEvent):
        decode(domain.events, value)


def test_the_newest_state_is_kept(open_store: OpenStore) -> None:
    store = open_store(domain)
    apply(
        domain,
        store,
        [
            changed(1, "c", 10, customer()),
            changed(2, "u", 20, customer(plan="pro")),
            changed(3, "c", 15, customer("c-2", country="SE")),
        ],
    )
    http = questions(domain, store)
    assert http.get("/views/customers/c-1").json() == {**customer(plan="pro"), "lsn": 20}
    assert http.get("/views/customers", params={"country": "SE"}).json() == {
        "customers": [{**customer("c-2", country="SE"), "lsn": 15}]
    }
    assert len(http.get("/views/customers").json()["customers"]) == 2


def test_an_older_change_is_counted_and_changes_nothing(open_store: OpenStore) -> None:
    store = open_store(domain)
    apply(domain, store, [changed(1, "u", 20, customer(plan="pro"))])
    apply(domain, store, [changed(2, "c", 10, customer())])
    plan = questions(domain, store).get("/views/customers/c-1").json()["plan"]
    assert plan == "pro"
    assert store.stats() == {"events": 2, "effects": 2}


def test_a_deleted_customer_is_gone_and_stays_gone(open_store: OpenStore) -> None:
    store = open_store(domain)
    apply(domain, store, [changed(1, "c", 10, customer()), changed(2, "d", 30, None)])
    apply(domain, store, [changed(3, "u", 20, customer(plan="pro"))])
    http = questions(domain, store)
    assert http.get("/views/customers/c-1").status_code == 404
    assert http.get("/views/customers").json() == {"customers": []}
    assert store.stats() == {"events": 3, "effects": 3}


def test_an_update_to_nothing_is_refused(open_store: OpenStore) -> None:
    store = open_store(domain)
    batch = [changed(1, "u", 10, None), changed(2, "c", 11, customer())]
    assert len(apply(domain, store, batch).failed) == 1
    assert store.stats() == {"events": 1, "effects": 1}
