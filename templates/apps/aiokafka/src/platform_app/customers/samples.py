"""A customer base in which a few change their plan often and most hardly ever."""

from collections.abc import Iterator
from typing import Literal

from platform_app.customers.events import Customer, CustomerChanged
from platform_app.sampling import Source

CUSTOMERS = 600
FIRST_LSN = 26_843_545_600
FIRST_NAMES = ("Amara", "Björn", "Chiara", "David", "Elif", "Farid", "Grace", "Hana", "Ivan", "Jo")
LAST_NAMES = ("Okafor", "Lindqvist", "Rossi", "Cohen", "Demir", "Haddad", "Kim", "Sato", "Novak")
COUNTRIES = ("DE", "US", "IT", "SE", "TR", "JP", "CZ", "NG", "GB")
PLANS: tuple[Literal["free", "pro", "enterprise"], ...] = ("free", "pro", "enterprise")
DELETED_SHARE = 0.05


def samples(source: Source) -> Iterator[CustomerChanged]:
    known: dict[str, Customer] = {}
    lsn = FIRST_LSN
    while True:
        lsn += source.random.randint(40, 900)
        number = source.skewed(CUSTOMERS)
        customer_id = f"customer-{number:04d}"
        before = known.pop(customer_id, None)
        deleted = before is not None and source.chance(DELETED_SHARE)
        after = None if deleted else _customer(source, customer_id, number)
        if after is not None:
            known[customer_id] = after
        yield CustomerChanged(
            event_id=source.event_id(),
            event_type="CustomerChanged",
            occurred_at=source.occurred_at(),
            customer_id=customer_id,
            op="d" if after is None else "c" if before is None else "u",
            before=before,
            after=after,
            lsn=lsn,
        )


def _customer(source: Source, customer_id: str, number: int) -> Customer:
    """Names follow from the number; what changes is the plan, or where the mail goes."""
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    last = LAST_NAMES[number % len(LAST_NAMES)]
    host = source.pick(("example.com", "mail.example.org", "work.example.net"))
    return Customer(
        customer_id=customer_id,
        email=f"{first}.{number}@{host}".lower(),
        name=f"{first} {last}",
        country=COUNTRIES[number % len(COUNTRIES)],
        plan=source.pick(PLANS),
    )
