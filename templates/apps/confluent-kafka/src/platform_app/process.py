"""From the command line to an exit code, the same way for services and tools."""

import logging
import os
import sys
from collections.abc import Callable
from typing import TypeVar

from confluent_kafka import KafkaException

from platform_app.connection import ConnectionSettings, SettingsError, load
from platform_app.logs import configure_logging
from platform_app.shutdown import BUG, WRONG_SETTING, KafkaRefused, Shutdown

log = logging.getLogger(__name__)

S = TypeVar("S", bound=ConnectionSettings)


def run(name: str, kind: type[S], serve: Callable[[S, Shutdown], None]) -> None:
    configure_logging(name)
    shutdown = Shutdown()
    shutdown.on_signals()
    shutdown.on_thread_failure()
    try:
        settings = load(kind)
        configure_logging(settings.service_name, settings.log_level)
        serve(settings, shutdown)
    except SettingsError as error:
        log.critical("Wrong settings: %s", error)
        _exit(WRONG_SETTING)
    except KafkaException as error:
        # Only the making of a client ends here: librdkafka found a setting it can't work with.
        log.critical("Wrong settings: %s", error.args[0].str())
        _exit(WRONG_SETTING)
    except KafkaRefused as error:
        shutdown.refused(str(error))
    except Exception:
        log.critical("A bug, stopping.", exc_info=True)
        _exit(BUG)
    _exit(shutdown.exit_code)


def _exit(code: int) -> None:
    # Not sys.exit(): after the graceful stop nothing may hold the process up, and the
    # destructors of clients whose brokers are away can.
    logging.shutdown()
    sys.stdout.flush()
    os._exit(code)
