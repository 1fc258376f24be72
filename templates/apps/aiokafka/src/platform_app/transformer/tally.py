"""What was committed since the start."""

import logging
from dataclasses import dataclass

from platform_app.transformer.derivation import Derived
from platform_app.transformer.metrics import TransformerMetrics

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    metrics: TransformerMetrics
    transformed: int = 0
    dead_lettered: int = 0

    def committed(self, derived: Derived) -> None:
        self.transformed += len(derived.events)
        self.dead_lettered += len(derived.dead)
        self.metrics.transactions.labels("committed").inc()
        for letter in derived.dead:
            self.metrics.dead_lettered.labels(letter.error_class).inc()
            log.warning("Dead letter: %s", letter.message, extra=letter.place)

    def aborted(self) -> None:
        self.metrics.transactions.labels("aborted").inc()
