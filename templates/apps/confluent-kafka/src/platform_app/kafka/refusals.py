"""Which of librdkafka's errors are for good, and which are a broker's passing trouble."""

import re
from json import JSONDecoder

from confluent_kafka import KafkaError, KafkaException

from platform_app.shutdown import KafkaRefused

RIGHTS_ON = {
    KafkaError.TOPIC_AUTHORIZATION_FAILED: "topic",
    KafkaError.GROUP_AUTHORIZATION_FAILED: "group",
    KafkaError.TRANSACTIONAL_ID_AUTHORIZATION_FAILED: "transactional id",
    KafkaError.CLUSTER_AUTHORIZATION_FAILED: "cluster",
}
# Another instance has the same id, and came later.
FENCED = {
    KafkaError._FENCED,
    KafkaError.PRODUCER_FENCED,
    KafkaError.INVALID_PRODUCER_EPOCH,
    KafkaError.FENCED_INSTANCE_ID,
}

CERTIFICATE = re.compile("certificate|alert unknown ca", re.IGNORECASE)
TOKEN = "Failed to acquire SASL OAUTHBEARER token: "  # noqa: S105
# What the token endpoint answered. Everything else is libcurl on its way there.
TOKEN_REFUSED = ("{", "Server did not provide an error string")


def is_fatal(error: KafkaException) -> bool:
    """librdkafka gave up for good. The Python client raises this from whatever polls."""
    return cause_of(error).fatal()


def is_still_held(error: KafkaError) -> bool:
    """Whether a killed instance still has our static place in the group, until its session ends."""
    # Only the text tells: with KIP-848 it is a fatal error of the whole client.
    return KafkaError(KafkaError.UNRELEASED_INSTANCE_ID).str() in error.str()


def cause_of(error: KafkaException) -> KafkaError:
    cause = error.args[0]
    return cause if isinstance(cause, KafkaError) else KafkaError(KafkaError._FAIL, str(cause))


def refuses_us(error: KafkaError) -> bool:
    """Whether a broker answered, and didn't want us (or we it)."""
    text = error.str()
    if error.code() == KafkaError._AUTHENTICATION:
        _, token, answer = text.partition(TOKEN)
        return not token or _is_refusal(answer) or "certificate" in answer.lower()
    # A port that is open before its broker is (Docker's proxy) also breaks the handshake. With
    # TLS 1.3 the broker's alert about our certificate comes after it, as a broken connection.
    return error.code() in (KafkaError._SSL, KafkaError._TRANSPORT) and bool(
        CERTIFICATE.search(text)
    )


def _is_refusal(answer: str) -> bool:
    if not answer.startswith(TOKEN_REFUSED):
        return False
    try:
        _, end = JSONDecoder().raw_decode(answer)
    except ValueError:
        return True
    # librdkafka strings the answers of all its attempts together. It asks again after 429 and 5xx.
    return end == len(answer.rstrip())


def check_rights(error: KafkaError, **names: str) -> None:
    """Raises KafkaRefused, with the name of what we have no right to."""
    if (kind := RIGHTS_ON.get(error.code())) is not None:
        name = names.get(kind.replace(" ", "_"), "")
        raise KafkaRefused(f"no right to the {kind} {name}".rstrip() + f" ({error.str()})")


def explanation(error: KafkaException, identity: str) -> str:
    """A fatal error in one line. For a fenced client it is about the id that it shares."""
    cause = cause_of(error)
    if cause.code() in FENCED:
        return f"fenced, because another instance took over the {identity} ({cause.str()})"
    return cause.str()
