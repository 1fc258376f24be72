"""uvicorn in the event loop that the Kafka client lives in, too."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from platform_app.connection import SettingsError
from platform_app.settings import ServiceSettings
from platform_app.shutdown import Shutdown


class Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        # They end the service in our order, not HTTP first.
        yield


class HttpServer:
    def __init__(self, app: FastAPI, settings: ServiceSettings) -> None:
        # Bound here: uvicorn would end the whole process if the port were taken.
        self._socket = _listen(settings.http_host, settings.http_port)
        self._server = Server(
            uvicorn.Config(
                app,
                # Our own JSON lines only.
                log_config=None,
                access_log=False,
                server_header=False,
                # Longer than load balancers keep an idle connection, or one that they send
                # an event on is closed under it.
                timeout_keep_alive=75,
                timeout_graceful_shutdown=max(1, settings.shutdown_timeout_ms // 1000),
            )
        )
        self._task: asyncio.Task[None] | None = None

    def start(self, shutdown: Shutdown) -> None:
        self._task = shutdown.supervised(self._server.serve([self._socket]), "http")

    async def stop(self, seconds: float) -> None:
        """No new requests; those under way are answered first."""
        self._server.should_exit = True
        if self._task is not None:
            await asyncio.wait([self._task], timeout=max(0, seconds))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise SettingsError(
            f"HTTP_HOST, HTTP_PORT: can't listen on {host}:{port}: {error}"
        ) from error
