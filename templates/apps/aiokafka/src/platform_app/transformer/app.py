"""What the transformer answers over HTTP."""

from fastapi import FastAPI

from platform_app.transformer.tally import Tally
from platform_app.web.app import Readiness, create_app


def transformer_app(tally: Tally, readiness: Readiness) -> FastAPI:
    app = create_app(readiness, tally.metrics.registry)

    @app.get("/stats")
    async def stats() -> dict[str, int]:
        return {"transformed": tally.transformed, "deadLettered": tally.dead_lettered}

    return app
