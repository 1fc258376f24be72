"""Whether brokers can be reached, and refusals that are for good.

aiokafka only logs why it can't connect, so the first connection is made here, where the reason
can be seen. After that, the topic's metadata is asked for every two seconds.
"""

import asyncio
import logging

from aiokafka.client import AIOKafkaClient
from aiokafka.conn import AIOKafkaConnection
from aiokafka.errors import (
    KafkaError,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
)

from platform_app.kafka.config import Config
from platform_app.kafka.refusals import refusal_of
from platform_app.shutdown import KafkaRefused, Shutdown

log = logging.getLogger(__name__)

INTERVAL_SECONDS = 2
ANSWER_SECONDS = 5
UNREACHABLE = (KafkaError, OSError, TimeoutError)

# Said for each of many attempts while brokers are away, ten times a second; we say it once.
ATTEMPTS = (
    "Unable connect to",
    "Unable to request metadata",
    "Unable to update metadata",
    "Got error produce response",
    "Group Coordinator Request failed",
    "Error sending",
    "Heartbeat send request failed",
    "Failed fetch messages",
)
for name in ("client", "producer.sender", "consumer.group_coordinator", "consumer.fetcher"):
    logging.getLogger(f"aiokafka.{name}").addFilter(lambda line: not line.msg.startswith(ATTEMPTS))
# Below that it tells what we tell ourselves, and at debug what was sent, tokens included.
logging.getLogger("aiokafka").setLevel(logging.WARNING)


class Cluster:
    def __init__(self, config: Config, topic: str, shutdown: Shutdown) -> None:
        self._config = config
        self._topic = topic
        self._shutdown = shutdown
        self._told = False
        self._client: AIOKafkaClient | None = None
        self.connected = False
        self.topic_known = False

    def problems(self) -> list[str]:
        if not self.connected:
            return ["no broker is connected"]
        return [] if self.topic_known else [f"topic {self._topic} does not exist"]

    async def wait(self) -> None:
        """Until a broker lets us in. Raises KafkaRefused when one doesn't want us."""
        while not self._shutdown.requested:
            for host, port in self._servers():
                if await self._lets_us_in(host, port):
                    self._up()
                    return
            self._down()
            await self._shutdown.sleep(1)

    async def watch(self) -> None:
        while not self._shutdown.requested:
            try:
                await asyncio.wait_for(self._ask(), ANSWER_SECONDS)
            except UNREACHABLE:
                # Later on also a refusal may be one broker's that hasn't loaded its users yet.
                self._down()
            await self._shutdown.sleep(INTERVAL_SECONDS)

    async def partitions(self) -> set[int]:
        """Of the topic, or what the brokers say against it."""
        client = await self._ask()
        numbers: set[int] | None = client.cluster.partitions_for_topic(self._topic)
        if self._topic in client.cluster.unauthorized_topics:
            raise TopicAuthorizationFailedError(self._topic)
        if numbers is None:
            raise UnknownTopicOrPartitionError(f"topic {self._topic} does not exist")
        return numbers

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    async def _lets_us_in(self, host: str, port: int) -> bool:
        connection = AIOKafkaConnection(host, port, **self._connection())
        try:
            await connection.connect()
        except UNREACHABLE as error:
            if refusal := refusal_of(error):
                raise KafkaRefused(refusal) from error
            return False
        finally:
            connection.close()
        return True

    async def _ask(self) -> AIOKafkaClient:
        if self._client is None:
            client = AIOKafkaClient(**self._config)
            await client.bootstrap()
            client.add_topic(self._topic)
            self._client = client
        client = self._client
        if not await client.force_metadata_update():
            raise KafkaError("no broker answered")
        self._up()
        known = client.cluster.partitions_for_topic(self._topic) is not None
        # Without the right to see it, it is up to whoever reads or writes it to complain.
        known |= self._topic in client.cluster.unauthorized_topics
        if self.topic_known and not known:
            log.warning("Topic %s does not exist.", self._topic)
        self.topic_known = known
        return client

    def _servers(self) -> list[tuple[str, int]]:
        servers = self._config["bootstrap_servers"].split(",")
        pairs = [server.strip().rpartition(":") for server in servers]
        return [(host.strip("[]"), int(port)) for host, _, port in pairs]

    def _connection(self) -> Config:
        ours = ("bootstrap_servers", "metadata_max_age_ms", "retry_backoff_ms")
        return {name: value for name, value in self._config.items() if name not in ours}

    def _up(self) -> None:
        if not self.connected:
            log.info("Connected to Kafka.")
        self.connected = True
        self._told = False

    def _down(self) -> None:
        self.connected = False
        if not self._told and not self._shutdown.requested:
            self._told = True
            log.warning("No broker can be reached, trying on.")
