"""The part of the HTTP interface that all services have: health, metrics, errors."""

from collections.abc import Callable

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from platform_app.web.correlation import CorrelationMiddleware
from platform_app.web.errors import add_error_handlers

Readiness = Callable[[], list[str]]
"""Why the service is not ready; empty when it is."""


def create_app(readiness: Readiness, registry: CollectorRegistry) -> FastAPI:
    app = FastAPI(openapi_url=None)
    app.add_middleware(CorrelationMiddleware)
    add_error_handlers(app)

    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/health/ready")
    async def ready() -> JSONResponse:
        reasons = readiness()
        if reasons:
            return JSONResponse({"status": "not ready", "reasons": reasons}, status_code=503)
        return JSONResponse({"status": "ready"})

    @app.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return app
