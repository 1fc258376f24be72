"""uvicorn in a thread of its own, so that the main thread decides about the end."""

import socket
import threading

import uvicorn
from fastapi import FastAPI

from platform_app.connection import SettingsError
from platform_app.settings import ServiceSettings


class HttpServer:
    def __init__(self, app: FastAPI, settings: ServiceSettings) -> None:
        # Bound here: uvicorn would end the whole process if the port were taken.
        self._socket = _listen(settings.http_host, settings.http_port)
        self._server = uvicorn.Server(
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
        self._thread = threading.Thread(target=self._run, name="http", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float) -> None:
        """No new requests; those under way are answered first."""
        self._server.should_exit = True
        self._thread.join(timeout)

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise SettingsError(
            f"HTTP_HOST, HTTP_PORT: can't listen on {host}:{port}: {error}"
        ) from error
