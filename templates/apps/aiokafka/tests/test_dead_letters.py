from uuid import UUID

from notes import record
from platform_app.dead_letters import LONGEST_MESSAGE, DeadLetter
from platform_app.record import Headers


def letter(message: str = "It is broken.", **headers: str) -> DeadLetter:
    return DeadLetter(record(b"\xff", 42, 3, **headers), "Undecodable", message, 2)


def headers_of(letter: DeadLetter) -> Headers:
    return letter.outgoing("dead", "group").headers


def test_a_dead_letter_is_its_record_unchanged() -> None:
    outgoing = letter().outgoing("dead", "group")
    assert (outgoing.topic, outgoing.key, outgoing.value) == ("dead", b"ann", b"\xff")


def test_a_dead_letter_says_where_it_stood_and_why_it_failed() -> None:
    headers = headers_of(letter(correlation_id="c-1"))
    failed_at = dict(headers).pop("dlq-failed-at")
    assert failed_at is not None
    assert failed_at.endswith(b"Z")
    assert [pair for pair in headers if pair[0] != "dlq-failed-at"] == [
        ("correlation-id", b"c-1"),
        ("dlq-original-topic", b"events"),
        ("dlq-original-partition", b"3"),
        ("dlq-original-offset", b"42"),
        ("dlq-original-timestamp", b"1767225600000"),
        ("dlq-error-class", b"Undecodable"),
        ("dlq-error-message", b"It is broken."),
        ("dlq-attempts", b"2"),
        ("dlq-consumer-group", b"group"),
    ]


def test_a_correlation_id_is_made_where_none_came() -> None:
    made = dict(headers_of(letter()))["correlation-id"]
    assert made is not None
    UUID(made.decode())


def test_a_message_is_one_bounded_line() -> None:
    text = "x" * 2 * LONGEST_MESSAGE + "\nDETAIL: the payload"
    message = dict(headers_of(letter(text)))["dlq-error-message"]
    assert message == b"x" * LONGEST_MESSAGE
