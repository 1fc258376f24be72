import { addConsumerApi } from './consuming/api.ts';
import { Worker } from './consuming/worker.ts';
import { domain } from './domain.ts';
import { Cluster } from './kafka/cluster.ts';
import { DeadLetters } from './kafka/dead-letters.ts';
import { openPublisher } from './kafka/publisher.ts';
import { Subscription } from './kafka/subscription.ts';
import { httpServer } from './service/http.ts';
import { main } from './service/main.ts';
import { consumerMetrics, lagReporter } from './service/metrics.ts';
import { consumerSettings } from './service/settings.ts';
import { openStore } from './store/store.ts';

const DEAD_LETTER_TIMEOUT_MS = 30_000;

await main('consumer', consumerSettings, async (settings, log, fail) => {
  const { topic, group, deadLetterTopic, maxPollRecords, commitIntervalMs } = settings;
  let draining = false;

  const cluster = new Cluster(settings.connection, log, fail);
  const metrics = consumerMetrics(topic);
  const onLag = lagReporter(metrics, topic);
  const deadLetterPublisher = openPublisher(cluster, deadLetterTopic, DEAD_LETTER_TIMEOUT_MS);
  const worker = new Worker({
    domain,
    topic,
    maxPollRecords,
    commitIntervalMs,
    openStore: () => openStore(settings.database),
    subscribe: () => new Subscription({ cluster, topic, group, onLag }),
    deadLetters: new DeadLetters(deadLetterPublisher, deadLetterTopic, group.id),
    metrics,
    log,
  });

  const app = httpServer(metrics.registry, () => {
    const reasons = [worker.problem(), draining ? 'draining' : undefined];
    return reasons.filter((reason) => reason !== undefined);
  });
  addConsumerApi(app, { domain, sql: () => worker.store?.read, log });
  await app.listen(settings.http);
  worker.start().catch(fail);
  log.info({ topic, groupId: group.id, ...settings.http }, 'consumer started');

  return {
    async stop() {
      draining = true;
      await worker.stop();
      await Promise.all([deadLetterPublisher.close(), app.close()]);
    },
  };
});
