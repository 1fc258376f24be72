"""python -m platform_app.replay [--limit N] [--dry-run]"""

import logging

from confluent_kafka import KafkaException

from platform_app.kafka.cluster import Cluster
from platform_app.kafka.config import reader, replay_producer
from platform_app.kafka.dead_letter_reader import DeadLetterReader
from platform_app.kafka.refusals import cause_of
from platform_app.kafka.writer import Writer
from platform_app.process import run
from platform_app.replay.no_broker import NoBroker
from platform_app.replay.options import Options, parse
from platform_app.replay.plan import Plan
from platform_app.replay.settings import ReplaySettings
from platform_app.shutdown import BUG, KAFKA_REFUSED, Shutdown

log = logging.getLogger(__name__)


def replay(options: Options, settings: ReplaySettings, shutdown: Shutdown) -> None:
    config = {
        **reader(settings, settings.replay_group),
        **Cluster("dead letters", shutdown).callbacks(),
    }
    dead_letters = DeadLetterReader(config, settings.kafka_dead_letter_topic)
    writer = Writer({**replay_producer(settings), **Cluster("replay", shutdown).callbacks()})
    plan = Plan(settings.kafka_topic, options)
    try:
        dead_letters.start(lambda: shutdown.requested)
        for batch in dead_letters.batches():
            dead_letters.commit(plan.done(writer.write(plan.take(batch))))
            if plan.finished or shutdown.requested:
                break
    except NoBroker as error:
        log.error("%s", error)
        shutdown.request(BUG)
    except KafkaException as error:
        log.error("Kafka: %s", cause_of(error).str())
        shutdown.request(BUG)
    finally:
        dead_letters.close()
    if plan.failed:
        log.error("%d records could not be written.", plan.failed)
        shutdown.request(BUG)
    if shutdown.exit_code != KAFKA_REFUSED:
        log.info(
            "Dry run: nothing was written." if options.dry_run else "Replayed.",
            extra={"replayed": plan.replayed, "skipped": plan.skipped},
        )


if __name__ == "__main__":
    options = parse()
    run("replay", ReplaySettings, lambda settings, shutdown: replay(options, settings, shutdown))
