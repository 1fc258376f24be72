import { addConsumerApi } from './consuming/api.ts';
import { Worker } from './consuming/worker.ts';
import { domain } from './domain.ts';
import { DeadLetters } from './kafka/dead-letters.ts';
import { Lane } from './kafka/lane.ts';
import { kafkaSender } from './kafka/sender.ts';
import { Subscription } from './kafka/subscription.ts';
import { TopicWatch } from './kafka/topic-watch.ts';
import { httpServer } from './service/http.ts';
import { main } from './service/main.ts';
import { consumerMetrics } from './service/metrics.ts';
import { consumerSettings } from './service/settings.ts';
import { openStore } from './store/store.ts';

const DEAD_LETTER_TIMEOUT_MS = 30_000;

await main('consumer', consumerSettings, async (settings, log, fail) => {
  const { kafka, groupId, deadLetterTopic, maxPollRecords, commitIntervalMs } = settings;
  const { topic } = kafka;
  let draining = false;

  const metrics = consumerMetrics(topic);
  const deadLetterKafka = { ...kafka, topic: deadLetterTopic };
  const deadLetterWatch = new TopicWatch(deadLetterKafka, fail, log);
  const openSender = () => kafkaSender(kafka, deadLetterTopic, DEAD_LETTER_TIMEOUT_MS, fail);
  const deadLetterLane = new Lane(openSender, DEAD_LETTER_TIMEOUT_MS);
  const deadLetters = new DeadLetters(deadLetterWatch, deadLetterLane, groupId);

  const onLag = (lags: ReadonlyMap<number, number>): void => {
    metrics.lag.reset();
    for (const [partition, lag] of lags) {
      metrics.lag.set({ topic, partition: String(partition) }, lag);
    }
  };
  const worker = new Worker({
    domain,
    topic,
    maxPollRecords,
    commitIntervalMs,
    openStore: () => openStore(settings.database),
    subscribe: () => new Subscription({ kafka, groupId, onRefused: fail, onLag, log }),
    deadLetters,
    metrics,
    log,
  });

  const app = httpServer(metrics.registry, () => {
    const reasons = [worker.problem(), draining ? 'draining' : undefined];
    return reasons.filter((reason) => reason !== undefined);
  });
  addConsumerApi(app, { domain, sql: () => worker.store?.read, log });
  await app.listen(settings.http);
  deadLetterWatch.run().catch(fail);
  worker.start().catch(fail);
  log.info({ topic, groupId, ...settings.http }, 'consumer started');

  return {
    async stop() {
      draining = true;
      await worker.stop();
      await Promise.all([deadLetters.close(), deadLetterWatch.close(), app.close()]);
    },
  };
});
