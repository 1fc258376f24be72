import { domain } from './domain.ts';
import { Cluster } from './kafka/cluster.ts';
import { openPublisher } from './kafka/publisher.ts';
import { addProducerApi } from './producing/api.ts';
import { httpServer } from './service/http.ts';
import { main } from './service/main.ts';
import { producerMetrics } from './service/metrics.ts';
import { producerSettings } from './service/settings.ts';

await main('producer', producerSettings, async (settings, log, fail) => {
  const { topic, deliveryTimeoutMs, maxInFlight, http } = settings;
  let draining = false;

  const cluster = new Cluster(settings.connection, log, fail);
  const publisher = openPublisher(cluster, topic, deliveryTimeoutMs);
  const metrics = producerMetrics(topic);

  const app = httpServer(metrics.registry, () => {
    const reasons = [publisher.problem(), draining ? 'draining' : undefined];
    return reasons.filter((reason) => reason !== undefined);
  });
  const publish = publisher.publish.bind(publisher);
  addProducerApi(app, { domain, topic, maxInFlight, publish, metrics, log });
  await app.listen(http);
  log.info({ topic, ...http }, 'producer started');

  return {
    async stop() {
      draining = true;
      // Requests under way get their answer before the connections to Kafka go.
      await app.close();
      await publisher.close();
    },
  };
});
