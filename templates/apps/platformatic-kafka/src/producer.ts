import { domain } from './domain.ts';
import { Publisher } from './kafka/publisher.ts';
import { kafkaSender } from './kafka/sender.ts';
import { TopicWatch } from './kafka/topic-watch.ts';
import { addProducerApi } from './producing/api.ts';
import { httpServer } from './service/http.ts';
import { main } from './service/main.ts';
import { producerMetrics } from './service/metrics.ts';
import { producerSettings } from './service/settings.ts';

await main('producer', producerSettings, async (settings, log, fail) => {
  const { kafka, deliveryTimeoutMs, maxInFlight, http } = settings;
  const { topic } = kafka;
  let draining = false;

  const watch = new TopicWatch(kafka, fail, log);
  const openSender = () => kafkaSender(kafka, topic, deliveryTimeoutMs, fail);
  const publisher = new Publisher(watch, openSender, deliveryTimeoutMs);
  const metrics = producerMetrics(topic);

  const app = httpServer(metrics.registry, () => {
    const reasons = [watch.problem(), draining ? 'draining' : undefined];
    return reasons.filter((reason) => reason !== undefined);
  });
  const publish = publisher.publish.bind(publisher);
  addProducerApi(app, { domain, topic, maxInFlight, publish, metrics, log });
  await app.listen(http);
  watch.run().catch(fail);
  log.info({ topic, ...http }, 'producer started');

  return {
    async stop() {
      draining = true;
      // Requests under way get their answer before the connections to Kafka go.
      await app.close();
      await publisher.close();
      await watch.close();
    },
  };
});
