"""JSON to event. Two steps, because "not JSON" and "not one of our events" are answered apart."""

from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from platform_app.event import Event

E = TypeVar("E", bound=Event)


# A list with a thousand wrong entries must not make a message of a thousand faults.
MENTIONED = 5


class Undecodable(Exception):
    """Not UTF-8 JSON."""


class InvalidEvent(Exception):
    """JSON, but not one of the domain's events."""

    def __init__(self, details: list[str]) -> None:
        more = f"; and {len(details) - MENTIONED} more" if len(details) > MENTIONED else ""
        super().__init__("; ".join(details[:MENTIONED]) + more)
        self.details = details


def decode(events: TypeAdapter[E], value: bytes | None) -> E:
    if value is None:
        raise Undecodable("The record has no value.")
    try:
        # NaN and Infinity are no JSON, although many parsers take them.
        from_json(value, allow_inf_nan=False)
    except ValueError as error:
        raise Undecodable(f"The value is not UTF-8 JSON: {error}.") from error
    try:
        return events.validate_json(value)
    except ValidationError as error:
        # Without the input: it belongs neither in a header nor in a log line.
        raise InvalidEvent(
            [
                f"{'.'.join(map(str, fault['loc'])) or 'event'}: {fault['msg']}"
                for fault in error.errors(include_url=False, include_input=False)
            ]
        ) from error


def encode(event: Event) -> bytes:
    return event.model_dump_json().encode()
