"""The event as it is on the topic."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from platform_app.event import Event, Identifier

Outcome = Literal["success", "denied", "failed"]
Action = Annotated[str, StringConstraints(pattern=r"^[^.\s]+\.[^.\s]+$")]
"""noun.verb"""


class AuditRecorded(Event):
    event_type: Literal["AuditRecorded"]
    actor: Identifier
    action: Action
    resource: str
    outcome: Outcome
    source_ip: str
    service: str
    details: str
