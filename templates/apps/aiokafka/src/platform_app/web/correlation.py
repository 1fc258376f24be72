"""Takes X-Correlation-Id from the request, or makes one, and returns it."""

import re
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from platform_app.logs import correlation_id

HEADER = "X-Correlation-Id"
# It ends up in headers and log lines of every service behind us.
ACCEPTABLE = re.compile(r"[\x21-\x7e]{1,200}")


class CorrelationMiddleware:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        current = given if ACCEPTABLE.fullmatch(given) else str(uuid4())
        correlation_id.set(current)

        async def send_with_header(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = current
            await send(message)

        await self._app(scope, receive, send_with_header)
