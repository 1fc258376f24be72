import { domain } from './domain.ts';
import { Cluster } from './kafka/cluster.ts';
import { Subscription } from './kafka/subscription.ts';
import { Transactions } from './kafka/transactions.ts';
import { httpServer } from './service/http.ts';
import { main } from './service/main.ts';
import { lagReporter, transformerMetrics } from './service/metrics.ts';
import { transformerSettings } from './service/settings.ts';
import { addTransformerApi } from './transforming/api.ts';
import { Transformer } from './transforming/transformer.ts';

await main('transformer', transformerSettings, async (settings, log, fail) => {
  const { topic, group, outputTopic, deadLetterTopic, maxPollRecords } = settings;
  let draining = false;

  const cluster = new Cluster(settings.connection, log, fail);
  const metrics = transformerMetrics(topic);
  const onLag = lagReporter(metrics, topic);
  const transformer = new Transformer({
    target: { domain, outputTopic, deadLetterTopic, groupId: group.id },
    topic,
    maxPollRecords,
    subscribe: () => new Subscription({ cluster, topic, group, onLag, transactional: true }),
    transactions: new Transactions(cluster, settings.transactionalId),
    metrics,
    log,
  });

  const app = httpServer(metrics.registry, () => {
    const reasons = [transformer.problem(), draining ? 'draining' : undefined];
    return reasons.filter((reason) => reason !== undefined);
  });
  addTransformerApi(app, transformer);
  await app.listen(settings.http);
  transformer.start().catch(fail);
  log.info({ topic, outputTopic, groupId: group.id, ...settings.http }, 'transformer started');

  return {
    async stop() {
      draining = true;
      await transformer.stop();
      await app.close();
    },
  };
});
