"""Times as they appear everywhere outside: ISO 8601, UTC, milliseconds."""

from datetime import UTC, datetime


def iso_millis(moment: datetime) -> str:
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def now_iso() -> str:
    return iso_millis(datetime.now(UTC))
