"""One JSON object a line on standard output."""

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime

from platform_app.moment import iso_millis

# Set per request; asyncio and the thread pool carry it along.
correlation_id: ContextVar[str | None] = ContextVar("correlation_id", default=None)

FIELDS = (
    "correlationId",
    "eventId",
    "topic",
    "partition",
    "offset",
    "errorClass",
    "replayed",
    "skipped",
)


class JsonLines(logging.Formatter):
    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "timestamp": iso_millis(datetime.fromtimestamp(record.created, UTC)),
            "level": record.levelname.lower(),
            "service": self._service,
            "message": record.getMessage(),
        }
        if current := correlation_id.get():
            line["correlationId"] = current
        line |= {name: record.__dict__[name] for name in FIELDS if name in record.__dict__}
        if record.exc_info and record.exc_info[0]:
            line.setdefault("errorClass", record.exc_info[0].__name__)
            line["stack"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure_logging(service: str, level: str = "info") -> None:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines(service))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(True)
    # Its start and stop messages repeat ours.
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
