import { ConfigResourceTypes, describeConfigsV4 } from '@platformatic/kafka';
import type { LiveCluster } from './live.ts';

const topicsInOneRequest = 2000;

/** Values of some settings of topics that hold now, and the error codes of topics that do not show them. */
export type TopicSettings = {
  readonly values: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly refused: ReadonlyMap<string, number>;
};

export async function topicSettings(
  cluster: LiveCluster,
  topics: readonly string[],
  keys: readonly string[],
): Promise<TopicSettings> {
  const values = new Map<string, ReadonlyMap<string, string>>();
  const refused = new Map<string, number>();
  for (let from = 0; from < topics.length; from += topicsInOneRequest) {
    const { results } = await cluster.ask(
      [describeConfigsV4.api],
      topics.slice(from, from + topicsInOneRequest).map((resourceName) => ({
        resourceType: ConfigResourceTypes.TOPIC,
        resourceName,
        configurationKeys: [...keys],
      })),
      false,
      false,
    );
    for (const { resourceName, errorCode, configs } of results) {
      if (errorCode !== 0) refused.set(resourceName, errorCode);
      else values.set(resourceName, new Map(configs.map(({ name, value }) => [name, value ?? ''])));
    }
  }
  return { values, refused };
}
