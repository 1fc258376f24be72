"""What the environment decides about the replay of dead letters."""

from platform_app.connection import ConnectionSettings, Name


class ReplaySettings(ConnectionSettings):
    service_name: Name = "replay"
    kafka_group_id: Name
    kafka_dead_letter_topic: Name

    @property
    def replay_group(self) -> str:
        """A group of its own: it remembers how far the dead letters were sent again."""
        return f"{self.kafka_group_id}.replay"
