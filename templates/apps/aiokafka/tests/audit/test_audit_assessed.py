import pytest

from platform_app.audit import domain
from platform_app.audit.derived import AuditAssessed
from platform_app.codec import decode
from support import event_json


@pytest.mark.parametrize(
    ("outcome", "risk"), [("success", "low"), ("failed", "medium"), ("denied", "high")]
)
def test_the_risk_follows_from_the_outcome(outcome: str, risk: str) -> None:
    value = event_json(
        1,
        "AuditRecorded",
        actor="ada",
        action="secret.read",
        resource="secrets/1",
        outcome=outcome,
        sourceIp="10.0.0.1",
        service="vault",
        details="",
    )
    event = domain.derive(decode(domain.events, value))
    assert isinstance(event, AuditAssessed)
    assert (event.actor, event.action, event.outcome) == ("ada", "secret.read", outcome)
    assert event.risk == risk
