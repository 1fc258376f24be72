"""How long the replay waits for a first broker: a person runs it. Services wait for ever."""

PATIENCE_SECONDS = 30


class NoBroker(Exception):
    def __init__(self, servers: str) -> None:
        super().__init__(
            f"No broker could be reached at {servers} for {PATIENCE_SECONDS} s. "
            "Is it running, and is KAFKA_BOOTSTRAP_SERVERS right?"
        )
