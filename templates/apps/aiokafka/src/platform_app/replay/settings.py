"""What the environment decides about the replay of dead letters."""

from typing import Self

from pydantic import model_validator

from platform_app.connection import ConnectionSettings, Name


class ReplaySettings(ConnectionSettings):
    service_name: Name = "replay"
    kafka_group_id: Name
    kafka_dead_letter_topic: Name

    @model_validator(mode="after")
    def _dead_letters_elsewhere(self) -> Self:
        if self.kafka_dead_letter_topic == self.kafka_topic:
            raise ValueError("KAFKA_DEAD_LETTER_TOPIC must not be KAFKA_TOPIC")
        return self

    @property
    def replay_group(self) -> str:
        """A group of its own: it remembers how far the dead letters were sent again."""
        return f"{self.kafka_group_id}.replay"
