"""Which of aiokafka's errors are for good, and which are a broker's passing trouble."""

import re
import ssl
from collections.abc import Iterator

from aiokafka.errors import (
    AuthenticationFailedError,
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    IllegalSaslStateError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
    TransactionalIdAuthorizationFailed,
    UnsupportedSaslMechanismError,
)

from platform_app.kafka.tokens import TokenRefused
from platform_app.shutdown import KafkaRefused

CREDENTIALS = (
    AuthenticationFailedError,
    IllegalSaslStateError,
    SaslAuthenticationFailed,
    TokenRefused,
    UnsupportedSaslMechanismError,
)
TLS_REFUSALS = re.compile("certificate|unknown.ca", re.IGNORECASE)
RIGHTS_ON = {
    TopicAuthorizationFailedError: "topic",
    GroupAuthorizationFailedError: "group",
    TransactionalIdAuthorizationFailed: "transactional_id",
    ClusterAuthorizationFailedError: "cluster",
}


def refusal_of(error: BaseException) -> str | None:
    """Why a broker that answered didn't want us (or we it); None when it was merely away."""
    for cause in _causes(error):
        if isinstance(cause, CREDENTIALS):
            return str(cause)
        # The broker's certificate, or its alert about ours.
        if isinstance(cause, ssl.SSLError) and TLS_REFUSALS.search(str(cause)):
            return f"TLS: {cause}"
    return None


def check_rights(error: BaseException, **names: str) -> None:
    """Raises KafkaRefused, with the name of what we have no right to."""
    for cause in _causes(error):
        if (kind := RIGHTS_ON.get(type(cause))) is not None:
            name = f"{kind.replace('_', ' ')} {names.get(kind, '')}".rstrip()
            raise KafkaRefused(f"no right to the {name}") from error


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
