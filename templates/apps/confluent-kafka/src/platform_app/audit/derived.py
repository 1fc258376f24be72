"""What the transformer makes of an entry: how much it should worry somebody."""

from typing import Literal

from platform_app.audit.events import AuditRecorded, Outcome
from platform_app.event import Event

Risk = Literal["low", "medium", "high"]
RISKS: dict[Outcome, Risk] = {"success": "low", "failed": "medium", "denied": "high"}


class AuditAssessed(Event):
    event_type: Literal["AuditAssessed"] = "AuditAssessed"
    actor: str
    action: str
    outcome: Outcome
    risk: Risk


def derive(event: AuditRecorded) -> AuditAssessed:
    return AuditAssessed(
        event_id=event.event_id,
        occurred_at=event.occurred_at,
        actor=event.actor,
        action=event.action,
        outcome=event.outcome,
        risk=RISKS[event.outcome],
    )
