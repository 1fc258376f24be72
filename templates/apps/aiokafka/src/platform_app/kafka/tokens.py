"""Tokens from an OIDC endpoint, by client credentials. aiokafka brings none of this."""

import asyncio
import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from base64 import b64encode

from aiokafka.abc import AbstractTokenProvider
from aiokafka.errors import KafkaError

from platform_app.connection import ConnectionSettings

TIMEOUT_SECONDS = 10
# A new one well before the old one ends: clocks differ, and a broker refuses what has expired.
RENEW_AFTER = 0.8
# When the endpoint doesn't say.
LIFETIME_SECONDS = 60.0
# Answers below 500 that say "later": it took too long, too early, too many requests.
PASSING = {408, 425, 429}


class TokenRefused(KafkaError):  # type: ignore[misc]  # aiokafka has no types
    """The endpoint answered, and gave no token."""


class OidcTokens(AbstractTokenProvider):  # type: ignore[misc]  # aiokafka has no types
    def __init__(self, settings: ConnectionSettings) -> None:
        secret = settings.kafka_oauth_client_secret
        self._url = str(settings.kafka_oauth_token_url)
        self._client = str(settings.kafka_oauth_client_id)
        self._secret = secret.get_secret_value() if secret else ""
        self._scope = settings.kafka_oauth_scope
        self._token = ""
        self._renew_at = 0.0
        self._lock = asyncio.Lock()

    async def token(self) -> str:
        """Asked for with every connection, so it is kept."""
        async with self._lock:
            if time.monotonic() >= self._renew_at:
                self._token, lifetime = await asyncio.to_thread(self._fetch)
                self._renew_at = time.monotonic() + lifetime * RENEW_AFTER
            return self._token

    def _fetch(self) -> tuple[str, float]:
        form = {"grant_type": "client_credentials"}
        if self._scope:
            form["scope"] = self._scope
        request = urllib.request.Request(  # noqa: S310  # the settings allow http and https only
            self._url,
            urllib.parse.urlencode(form).encode(),
            {"Authorization": f"Basic {self._basic()}", "Accept": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
                answer = json.load(response)
                return str(answer["access_token"]), float(
                    answer.get("expires_in", LIFETIME_SECONDS)
                )
        except urllib.error.HTTPError as error:
            error.close()
            if error.code < 500 and error.code not in PASSING:
                raise TokenRefused(f"the token endpoint answered {error.code}") from error
            raise
        except http.client.HTTPException as error:
            raise ConnectionError("the token endpoint's answer broke off") from error
        except (ValueError, KeyError, TypeError) as error:
            raise TokenRefused("the token endpoint's answer holds no token") from error

    def _basic(self) -> str:
        # RFC 6749, 2.3.1: both parts are form-encoded first.
        pair = f"{urllib.parse.quote_plus(self._client)}:{urllib.parse.quote_plus(self._secret)}"
        return b64encode(pair.encode()).decode()
