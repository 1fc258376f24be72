"""A company's services, a few people who administer them and jobs that never sleep."""

from collections.abc import Iterator

from platform_app.audit.events import AuditRecorded, Outcome
from platform_app.sampling import Source

PEOPLE = ("ada", "boris", "carmen", "dmitri", "esra", "fatima", "gustav", "hyejin", "ines", "jamal")
JOBS = ("svc-backup", "svc-deploy", "svc-billing", "svc-importer")
ACTORS = (
    *JOBS,
    *(f"{name}@example.com" for name in PEOPLE),
    *(f"user{number:03d}@example.com" for number in range(300)),
)
# Action, the resource it touches, the service that reports it.
ACTIONS = (
    ("session.opened", "console", "identity"),
    ("document.read", "documents/{}", "archive"),
    ("invoice.exported", "invoices/{}", "billing"),
    ("user.updated", "users/{}", "identity"),
    ("secret.read", "secrets/payments-{}", "vault"),
    ("role.granted", "roles/auditor-{}", "identity"),
    ("backup.created", "volumes/{}", "storage"),
    ("release.deployed", "releases/{}", "delivery"),
)
DETAILS: dict[Outcome, tuple[str, ...]] = {
    "success": ("by web console", "by API token", "by scheduled job"),
    "denied": ("role is missing", "second factor is missing", "outside office network"),
    "failed": ("upstream timed out", "version conflict", "quota exceeded"),
}


def samples(source: Source) -> Iterator[AuditRecorded]:
    while True:
        actor = source.skewed(len(ACTORS))
        action, resource, service = source.pick(ACTIONS)
        outcome: Outcome = "success"
        if source.chance(0.07):
            outcome = "denied" if source.chance(0.6) else "failed"
        yield AuditRecorded(
            event_id=source.event_id(),
            event_type="AuditRecorded",
            occurred_at=source.occurred_at(),
            actor=ACTORS[actor],
            action=action,
            resource=resource.format(source.skewed(500)),
            outcome=outcome,
            # Each sits at their own desk.
            source_ip=f"10.20.{actor // 250}.{actor % 250 + 1}",
            service=service,
            details=source.pick(DETAILS[outcome]),
        )
