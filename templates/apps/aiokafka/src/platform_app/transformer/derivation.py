"""What one transaction writes: a derived event for each record, a dead letter where that fails."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from platform_app.codec import InvalidEvent, Undecodable, decode, encode
from platform_app.dead_letters import DeadLetter
from platform_app.event import AnyDomain, Event
from platform_app.record import Headers, Outgoing, Record
from platform_app.transformer.settings import TransformerSettings

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Derived:
    events: list[Outgoing] = field(default_factory=list)
    dead: list[DeadLetter] = field(default_factory=list)
    outgoing: list[Outgoing] = field(default_factory=list)
    """Both, in the order of their records."""


class Derivation:
    def __init__(self, domain: AnyDomain, settings: TransformerSettings) -> None:
        self._domain = domain
        self._output = settings.kafka_output_topic
        self._dead_letters = settings.kafka_dead_letter_topic
        self._group = settings.kafka_group_id

    def of(self, records: Sequence[Record], attempts: int) -> Derived:
        derived = Derived()
        for record in records:
            try:
                event = self._outgoing(record)
                derived.events.append(event)
                derived.outgoing.append(event)
            except (Undecodable, InvalidEvent) as error:
                letter = DeadLetter(record, type(error).__name__, str(error), attempts)
                self._set_aside(derived, letter)
            except Exception as error:
                log.error("Nothing can be derived.", exc_info=error, extra=record.place)
                message = f"{type(error).__name__}: {error}"
                self._set_aside(derived, DeadLetter(record, "HandlerFailed", message, attempts))
        return derived

    def _outgoing(self, record: Record) -> Outgoing:
        event: Event = self._domain.derive(decode(self._domain.events, record.value))
        headers = _with_type(record.headers, event.event_type)
        return Outgoing(self._output, record.key, encode(event), headers)

    def _set_aside(self, derived: Derived, letter: DeadLetter) -> None:
        derived.dead.append(letter)
        derived.outgoing.append(letter.outgoing(self._dead_letters, self._group))


def _with_type(headers: Headers, event_type: str) -> Headers:
    kept = [(name, value) for name, value in headers if name != "event-type"]
    return [*kept, ("event-type", event_type.encode())]
