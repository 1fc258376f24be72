import json
from typing import Any

import pytest

from notes import noted, notes
from platform_app.codec import MENTIONED, InvalidEvent, Undecodable, decode, encode


def note(**changes: Any) -> bytes:
    return json.dumps({**json.loads(encode(noted("hello"))), **changes}).encode()


def test_what_is_encoded_is_decoded() -> None:
    event = noted("hello, Ωorld")
    assert decode(notes.events, encode(event)) == event


def test_json_is_camel_case_with_utc_milliseconds() -> None:
    fields = json.loads(encode(noted("hello")))
    assert list(fields) == ["eventId", "eventType", "occurredAt", "author", "text"]
    assert fields["occurredAt"].endswith("Z")
    assert len(fields["occurredAt"]) == len("2026-01-01T00:00:00.000Z")


def test_unknown_fields_are_ignored() -> None:
    assert decode(notes.events, note(addedNextYear=True)).text == "hello"


@pytest.mark.parametrize("value", [None, b"", b"{", b"\xff\xfe", b'{"text": NaN}', b"plain"])
def test_anything_but_utf8_json_is_undecodable(value: bytes | None) -> None:
    with pytest.raises(Undecodable):
        decode(notes.events, value)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"eventType": "Unheard"}, "eventType"),
        ({"eventId": "12"}, "eventId"),
        ({"eventId": "urn:uuid:12345678-1234-4234-8234-123456789012"}, "eventId"),
        ({"occurredAt": "2026-01-01T12:00:00.000+02:00"}, "occurredAt"),
        ({"occurredAt": "2026-02-30T12:00:00.000Z"}, "occurredAt"),
        ({"occurredAt": 1_767_225_600}, "occurredAt"),
        ({"occurredAt": "1767225600"}, "occurredAt"),
        ({"author": ""}, "author"),
        ({"text": 7}, "text"),
    ],
)
def test_a_wrong_field_is_named(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidEvent) as error:
        decode(notes.events, note(**changes))
    assert any(detail.startswith(f"{named}: ") for detail in error.value.details)


@pytest.mark.parametrize("value", [b"[]", b'"text"', b"1", b"null"])
def test_json_that_is_no_object_is_invalid(value: bytes) -> None:
    with pytest.raises(InvalidEvent):
        decode(notes.events, value)


def test_an_error_neither_quotes_the_event_nor_grows_with_it() -> None:
    with pytest.raises(InvalidEvent) as error:
        decode(notes.events, note(text={"password": "s3cret"}))
    assert "s3cret" not in str(error.value)
    assert str(InvalidEvent(["x"] * (MENTIONED + 2))).endswith("and 2 more")
