"""GET /views/entries."""

from typing import Any

from fastapi import APIRouter

from platform_app.audit.events import Outcome
from platform_app.web.views import Limit, Store

views = APIRouter()

ENTRY = """
  event_id AS "eventId", occurred_at AS "occurredAt", actor, action, resource, outcome,
  source_ip AS "sourceIp", service, details
"""
SEARCHED = ("action", "resource", "details")


@views.get("/entries")
def entries(
    store: Store,
    q: str | None = None,
    actor: str | None = None,
    outcome: Outcome | None = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    conditions: list[str] = []
    values: list[str] = []
    for column, value in (("actor", actor), ("outcome", outcome)):
        if value is not None:
            conditions.append(f"{column} = %s")
            values.append(value)
    if q:
        # LOWER on both sides: LIKE ignores case in SQLite and respects it in PostgreSQL.
        found = [f"LOWER({column}) LIKE LOWER(%s) ESCAPE '!'" for column in SEARCHED]
        conditions.append(f"({' OR '.join(found)})")
        values += [_containing(q)] * len(SEARCHED)
    clause = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    statement = (
        f"SELECT {ENTRY} FROM audit_entries {clause} "  # noqa: S608
        "ORDER BY occurred_at DESC, event_id LIMIT %s"
    )
    return {"entries": store.rows(statement, *values, limit)}


def _containing(text: str) -> str:
    for special in "!%_":
        text = text.replace(special, f"!{special}")
    return f"%{text}%"
