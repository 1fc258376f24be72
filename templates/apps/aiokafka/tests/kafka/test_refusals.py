import ssl

import pytest
from aiokafka.errors import (
    GroupAuthorizationFailedError,
    KafkaConnectionError,
    KafkaError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
    TransactionalIdAuthorizationFailed,
    UnknownTopicOrPartitionError,
    UnsupportedSaslMechanismError,
)

from platform_app.kafka.refusals import check_rights, refusal_of
from platform_app.kafka.tokens import TokenRefused
from platform_app.shutdown import KafkaRefused


def caused_by(cause: Exception) -> KafkaError:
    error = KafkaConnectionError("closed")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        SaslAuthenticationFailed("invalid credentials"),
        UnsupportedSaslMechanismError(),
        TokenRefused("the token endpoint answered 401"),
        ssl.SSLCertVerificationError(1, "certificate verify failed: certificate has expired"),
        ssl.SSLError(1, "[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert"),
        caused_by(ssl.SSLError(1, "[SSL: TLSV1_ALERT_UNKNOWN_CA] tlsv1 alert unknown ca")),
    ],
)
def test_whom_a_broker_does_not_want_is_refused(error: Exception) -> None:
    assert refusal_of(error)


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(111, "Connect call failed"),
        TimeoutError(),
        ssl.SSLError(1, "[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred"),
        caused_by(ConnectionResetError()),
    ],
)
def test_a_broker_that_is_merely_away_refuses_nobody(error: Exception) -> None:
    assert refusal_of(error) is None


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (TopicAuthorizationFailedError("events"), "topic events"),
        (GroupAuthorizationFailedError("group"), "group readers"),
        (TransactionalIdAuthorizationFailed("x"), "transactional id one"),
        (caused_by(TopicAuthorizationFailedError("events")), "topic events"),
    ],
)
def test_a_missing_right_is_named(error: Exception, named: str) -> None:
    with pytest.raises(KafkaRefused, match=f"no right to the {named}"):
        check_rights(error, topic="events", group="readers", transactional_id="one")


def test_other_errors_are_about_no_rights() -> None:
    check_rights(UnknownTopicOrPartitionError(), topic="events")
