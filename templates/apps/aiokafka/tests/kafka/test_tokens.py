import asyncio
import json
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import parse_qs

import pytest
from pydantic import SecretStr

from platform_app.kafka.tokens import OidcTokens, TokenRefused
from platform_app.settings import ConsumerSettings


class Endpoint(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.status = 200
        self.answer: dict[str, object] = {"access_token": "t-1", "expires_in": 300}
        self.asked: list[tuple[dict[str, list[str]], str]] = []


class Answer(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append((parse_qs(form), self.headers["Authorization"]))
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(json.dumps(self.server.answer).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    server = Endpoint()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def tokens(endpoint: Endpoint, scope: str | None = None) -> OidcTokens:
    return OidcTokens(
        ConsumerSettings(
            kafka_bootstrap_servers="broker:9092",
            kafka_topic="events",
            kafka_group_id="group",
            kafka_dead_letter_topic="dead",
            kafka_oauth_token_url=f"http://127.0.0.1:{endpoint.server_port}/token",
            kafka_oauth_client_id="ann",
            kafka_oauth_client_secret=SecretStr("s3 cret"),
            kafka_oauth_scope=scope,
        )
    )


def test_a_token_is_asked_for_by_client_credentials(endpoint: Endpoint) -> None:
    assert asyncio.run(tokens(endpoint, "kafka").token()) == "t-1"
    expected = {"grant_type": ["client_credentials"], "scope": ["kafka"]}
    assert endpoint.asked == [(expected, f"Basic {b64encode(b'ann:s3+cret').decode()}")]


def test_a_token_is_kept_until_it_nears_its_end(endpoint: Endpoint) -> None:
    async def scenario() -> None:
        provider = tokens(endpoint)
        assert {*await asyncio.gather(provider.token(), provider.token())} == {"t-1"}
        assert len(endpoint.asked) == 1
        endpoint.answer = {"access_token": "t-2", "expires_in": 0}
        provider._renew_at = 0
        assert await provider.token() == "t-2"
        await provider.token()
        assert len(endpoint.asked) == 3

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("status", "answer"), [(401, {"error": "invalid_client"}), (200, {"token": "x"}), (200, {})]
)
def test_an_endpoint_that_gives_no_token_has_refused(
    endpoint: Endpoint, status: int, answer: dict[str, object]
) -> None:
    endpoint.status, endpoint.answer = status, answer
    with pytest.raises(TokenRefused) as error:
        asyncio.run(tokens(endpoint).token())
    assert "s3" not in str(error.value)


@pytest.mark.parametrize("status", [429, 503])
def test_an_endpoint_in_trouble_has_not(endpoint: Endpoint, status: int) -> None:
    endpoint.status = status
    with pytest.raises(HTTPError):
        asyncio.run(tokens(endpoint).token())
