"""Every error has the same shape, whoever raised it."""

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from platform_app.logs import correlation_id
from platform_app.store.session import StoreUnavailable


def error_response(
    status: int,
    kind: str,
    message: str,
    details: list[str] | None = None,
    retry_after: int | None = None,
) -> JSONResponse:
    body = {"error": kind, "message": message, "correlationId": correlation_id.get()}
    return JSONResponse(
        body if details is None else {**body, "details": details},
        status_code=status,
        headers=None if retry_after is None else {"Retry-After": str(retry_after)},
    )


def not_found(what: str) -> HTTPException:
    return HTTPException(HTTPStatus.NOT_FOUND, f"{what} is not known.")


def add_error_handlers(app: FastAPI) -> None:
    @app.exception_handler(HTTPException)
    async def refused(_: Request, error: HTTPException) -> JSONResponse:
        kind = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
        return error_response(error.status_code, kind, error.detail)

    @app.exception_handler(RequestValidationError)
    async def invalid_request(_: Request, error: RequestValidationError) -> JSONResponse:
        details = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        return error_response(422, "invalid_request", "The request is not valid.", details)

    @app.exception_handler(StoreUnavailable)
    async def no_store(_: Request, __: StoreUnavailable) -> JSONResponse:
        message = "The store can't be reached at the moment."
        return error_response(503, "store_unavailable", message, retry_after=5)

    @app.exception_handler(ClientDisconnect)
    async def gone(_: Request, __: ClientDisconnect) -> JSONResponse:
        return error_response(400, "client_disconnected", "The request ended early.")

    @app.exception_handler(Exception)
    async def bug(_: Request, __: Exception) -> JSONResponse:
        return error_response(500, "internal_error", "This is a bug; the log says more.")
