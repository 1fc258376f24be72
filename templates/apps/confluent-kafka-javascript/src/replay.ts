import { Cluster } from './kafka/cluster.ts';
import { KafkaRefused } from './kafka/failures.ts';
import { openPublisher } from './kafka/publisher.ts';
import { Subscription } from './kafka/subscription.ts';
import { firstContact } from './replaying/first-contact.ts';
import { replayOptions } from './replaying/options.ts';
import { replay, type Outcome } from './replaying/replay.ts';
import { errorFields } from './service/log.ts';
import { main } from './service/main.ts';
import { replaySettings, type GroupSettings } from './service/settings.ts';

const DELIVERY_TIMEOUT_MS = 30_000;

await main('replay', replaySettings, (settings, log, fail) => {
  const { limit, dryRun } = replayOptions(process.argv.slice(2));
  const { topic, deadLetterTopic, groupId } = settings;
  const cluster = new Cluster(settings.connection, log, fail);
  const group: GroupSettings = {
    id: `${groupId}.replay`,
    protocol: 'classic',
    instanceId: undefined,
  };
  const deadLetters = new Subscription({ cluster, topic: deadLetterTopic, group });
  const publisher = openPublisher(cluster, topic, DELIVERY_TIMEOUT_MS);
  const stop = new AbortController();
  const { signal } = stop;

  const ended = (outcome: Outcome): void => {
    log.info({ topic, deadLetterTopic, dryRun, ...outcome }, 'replay ended');
  };
  const run = async (): Promise<number> => {
    if (!(await firstContact(cluster, signal))) {
      ended({ replayed: 0, skipped: 0, failed: 0 });
      return 1;
    }
    await deadLetters.open(signal);
    const outcome = await replay({ deadLetters, publisher, topic, limit, dryRun, signal, log });
    await Promise.all([publisher.close(), deadLetters.close()]);
    ended(outcome);
    return outcome.failed === 0 ? 0 : 1;
  };
  const running = run().then(
    (exitCode) => process.exit(exitCode),
    (error: unknown) => {
      if (error instanceof KafkaRefused) {
        fail(error);
      }
      log.error(errorFields(error), 'replay failed');
      process.exit(signal.aborted ? 0 : 1);
    },
  );
  return Promise.resolve({
    async stop() {
      stop.abort();
      await running;
    },
  });
});
