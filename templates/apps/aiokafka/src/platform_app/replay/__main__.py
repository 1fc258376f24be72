"""python -m platform_app.replay [--limit N] [--dry-run]"""

import asyncio
import logging

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import KafkaError

from platform_app.kafka.cluster import Cluster
from platform_app.kafka.config import connection, reader, writer
from platform_app.kafka.dead_letter_reader import DeadLetterReader
from platform_app.kafka.refusals import check_rights
from platform_app.kafka.writer import Writer
from platform_app.process import run
from platform_app.replay.no_broker import PATIENCE_SECONDS, NoBroker
from platform_app.replay.options import Options, parse
from platform_app.replay.plan import Plan
from platform_app.replay.settings import ReplaySettings
from platform_app.shutdown import BUG, Shutdown

log = logging.getLogger(__name__)

WRITE_SECONDS = 30


async def replay(options: Options, settings: ReplaySettings, shutdown: Shutdown) -> None:
    cluster = Cluster(connection(settings), settings.kafka_dead_letter_topic, shutdown)
    dead_letters = DeadLetterReader(
        AIOKafkaConsumer(**reader(settings, settings.replay_group)),
        settings.kafka_dead_letter_topic,
    )
    config = writer(settings)
    again = Writer(lambda: AIOKafkaProducer(**config), WRITE_SECONDS)
    plan = Plan(settings.kafka_topic, options)
    try:
        await _reach(cluster, settings)
        await dead_letters.start(await cluster.partitions())
        async for batch in dead_letters.batches():
            await dead_letters.commit(plan.done(await again.write(plan.take(batch))))
            if plan.finished or shutdown.requested:
                break
    except NoBroker as error:
        log.error("%s", error)
        shutdown.request(BUG)
    except KafkaError as error:
        check_rights(error, topic=settings.kafka_dead_letter_topic, group=settings.replay_group)
        log.error("Kafka: %r", error)
        shutdown.request(BUG)
    finally:
        await dead_letters.close()
        await again.close()
        await cluster.close()
    if plan.failed:
        log.error("%d records could not be written.", plan.failed)
        shutdown.request(BUG)
    log.info(
        "Dry run: nothing was written." if options.dry_run else "Replayed.",
        extra={"replayed": plan.replayed, "skipped": plan.skipped},
    )


async def _reach(cluster: Cluster, settings: ReplaySettings) -> None:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await cluster.wait()
    except TimeoutError:
        raise NoBroker(settings.kafka_bootstrap_servers) from None


if __name__ == "__main__":
    options = parse()
    run("replay", ReplaySettings, lambda settings, shutdown: replay(options, settings, shutdown))
