"""What the environment decides about the transformer."""

from typing import Self

from pydantic import model_validator

from platform_app.connection import Name
from platform_app.settings import GroupSettings, Port


class TransformerSettings(GroupSettings):
    service_name: Name = "transformer"
    http_port: Port = 8082
    kafka_output_topic: Name
    kafka_transactional_id: Name
    """One per instance, and the same after a restart: that is how Kafka fences the one before."""

    @model_validator(mode="after")
    def _output_elsewhere(self) -> Self:
        if self.kafka_output_topic == self.kafka_topic:
            raise ValueError("KAFKA_OUTPUT_TOPIC must not be KAFKA_TOPIC: it would never end")
        return self
