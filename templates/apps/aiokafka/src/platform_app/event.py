"""What every event has, and what a domain has to offer for the services to run it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import APIRouter
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    PlainSerializer,
    StringConstraints,
    TypeAdapter,
)
from pydantic.alias_generators import to_camel

from platform_app.moment import iso_millis
from platform_app.sampling import Source
from platform_app.store.session import Transaction

ISO_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|\+00:00)", re.ASCII)
UUID_TEXT = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def _utc(value: object) -> object:
    # Left to itself, pydantic also reads "1767225600" and local offsets.
    if isinstance(value, str):
        if not ISO_UTC.fullmatch(value):
            raise ValueError("must be ISO 8601 in UTC, such as 2026-01-01T12:00:00.000Z")
        return datetime.fromisoformat(value)
    return value


def _uuid(value: object) -> object:
    if isinstance(value, str):
        if not UUID_TEXT.fullmatch(value):
            raise ValueError("must be a UUID")
        return UUID(value)
    return value


EventId = Annotated[UUID, BeforeValidator(_uuid)]
Moment = Annotated[datetime, BeforeValidator(_utc), PlainSerializer(iso_millis)]
Identifier = Annotated[str, StringConstraints(min_length=1)]
# No more than every JSON reader keeps exactly.
Count = Annotated[int, Field(ge=0, le=2**53 - 1)]
JsonObject = dict[str, JsonValue]


class Payload(BaseModel):
    """camelCase in JSON, snake_case in Python; nothing is coerced, unknown fields are ignored."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_alias=True,
        validate_by_name=True,
        serialize_by_alias=True,
        strict=True,
        frozen=True,
    )


class Event(Payload):
    """Subclasses narrow `event_type` to a Literal: it is what tells the types apart."""

    event_id: EventId
    event_type: str
    occurred_at: Moment


E = TypeVar("E", bound=Event)


@dataclass(frozen=True, kw_only=True, slots=True)
class Domain(Generic[E]):
    """One use case.

    `apply` gets a batch in the order of its partitions and writes what follows from it.
    It runs in the transaction that also remembers the event ids, so it needn't be
    idempotent itself. What it raises becomes a dead letter, for the event at fault only.
    """

    events: TypeAdapter[E]
    key: Callable[[E], str]
    tables: tuple[str, ...]
    apply: Callable[[Transaction, Sequence[E]], None]
    effects: str
    """One number: how many events the tables of this domain account for."""
    derive: Callable[[E], Event]
    """The event that the transformer writes for this one."""
    views: APIRouter
    samples: Callable[[Source], Iterator[E]]


AnyDomain = Domain[Any]


class Refused(Exception):
    """Raised by `apply` for an event that is well-formed and still makes no sense."""
