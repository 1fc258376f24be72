"""From the command line to an exit code, the same way for services and tools."""

import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

from platform_app.connection import ConnectionSettings, SettingsError, load
from platform_app.logs import configure_logging
from platform_app.shutdown import BUG, WRONG_SETTING, KafkaRefused, Shutdown

log = logging.getLogger(__name__)

S = TypeVar("S", bound=ConnectionSettings)


def run(name: str, kind: type[S], serve: Callable[[S, Shutdown], Awaitable[None]]) -> None:
    configure_logging(name)
    try:
        settings = load(kind)
        configure_logging(settings.service_name, settings.log_level)
        _exit(_event_loop().run_until_complete(_served(settings, serve)))
    except SettingsError as error:
        log.critical("Wrong settings: %s", error)
        _exit(WRONG_SETTING)
    except Exception:
        log.critical("A bug, stopping.", exc_info=True)
        _exit(BUG)


def _event_loop() -> asyncio.AbstractEventLoop:
    try:
        from uvloop import new_event_loop
    except ImportError:
        # There is none for Windows.
        return asyncio.new_event_loop()
    return new_event_loop()


async def _served(settings: S, serve: Callable[[S, Shutdown], Awaitable[None]]) -> int:
    shutdown = Shutdown()
    shutdown.on_signals()
    try:
        await serve(settings, shutdown)
    except KafkaRefused as error:
        shutdown.refused(str(error))
    return shutdown.exit_code


def _exit(code: int) -> None:
    # Not sys.exit(): after the graceful stop nothing may hold the process up, such as a thread
    # that waits for the store or a client whose brokers are away.
    logging.shutdown()
    sys.stdout.flush()
    os._exit(code)
