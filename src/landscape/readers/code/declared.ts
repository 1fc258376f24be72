import type { Evaluator } from '../../code/evaluate.ts';
import type { Call, Expression, Happening } from '../../code/program.ts';
import { memberOf, place, type Site, type Worth } from '../../code/worth.ts';
import type { Topic } from '../../facts/topic.ts';
import { located } from './topics.ts';

type Seen = { readonly happening: Happening; readonly site: Site; readonly by: string };

/** Topics that a call is there to make. */
export function declaredTopics(
  { happening: { call }, site, by }: Seen,
  outer: ReadonlyMap<Call, Call>,
  evaluator: Evaluator,
): Topic[] {
  const at = place(call, site);
  const given = (index: number, ...names: string[]): Worth | undefined => {
    const value =
      call.arguments.find(({ name }) => name !== undefined && names.includes(name))?.value ??
      call.arguments.filter(({ name }) => name === undefined)[index]?.value;
    return value && evaluator.ask(value, site);
  };
  const topic = (name: Worth, partitions?: Worth, replicas?: Worth): Topic => ({
    name: located(name),
    at,
    ...(partitions && { partitions: located(partitions) }),
    ...(replicas && { replicationFactor: located(replicas) }),
    by: by.slice(by.lastIndexOf('.') + 1),
  });
  if (
    /(^|\.)(clients\.admin|confluent_kafka\.admin|aiokafka\.admin|kafka\.admin)(\.\w+)*\.NewTopic$/.test(
      by,
    )
  ) {
    const name = given(0, 'topic', 'name');
    if (!name) return [];
    return [topic(name, given(1, 'num_partitions'), given(2, 'replication_factor'))];
  }
  if (by === 'org.springframework.kafka.config.TopicBuilder.name') {
    const name = given(0);
    const chained = new Map(chainOf(call, outer));
    const of = (method: string): Worth | undefined => {
      const value = chained.get(method);
      return value && evaluator.ask(value, site);
    };
    return name ? [{ ...topic(name, of('partitions'), of('replicas')), by: 'TopicBuilder' }] : [];
  }
  const first = given(0);
  if (/^github\.com\/.*\.(TopicConfig|TopicSpecification)$/.test(by) && first?.is === 'map') {
    const name = memberOf(first, 'Topic');
    if (!name) return [];
    return [topic(name, memberOf(first, 'NumPartitions'), memberOf(first, 'ReplicationFactor'))];
  }
  if (/(Kafka\.admin|\/kafka\.Admin)\.createTopics$/.test(by) && first?.is === 'map') {
    const topics = memberOf(first, 'topics');
    if (topics?.is !== 'list') return [];
    return topics.items.flatMap((one): Topic[] => {
      if (one.is === 'map') {
        const name = memberOf(one, 'topic');
        return name
          ? [topic(name, memberOf(one, 'numPartitions'), memberOf(one, 'replicationFactor'))]
          : [];
      }
      return [topic(one, memberOf(first, 'partitions'), memberOf(first, 'replicas'))];
    });
  }
  if (/\/sarama\.\w+\.CreateTopic$/.test(by) && first) {
    const detail = given(1);
    const of = (name: string) => (detail?.is === 'map' ? memberOf(detail, name) : undefined);
    return [topic(first, of('NumPartitions'), of('ReplicationFactor'))];
  }
  if (/\/kadm\..*\.CreateTopics?$/.test(by)) {
    const names = call.arguments.slice(4).map(({ value }) => evaluator.ask(value, site));
    return names.flatMap((name) =>
      (name.is === 'list' ? name.items : [name]).map((one) => topic(one, given(1), given(2))),
    );
  }
  return [];
}

/** `.partitions(3).replicas(1)`: each method of a chain and its argument. */
function chainOf(call: Call, outer: ReadonlyMap<Call, Call>): [string, Expression][] {
  const found: [string, Expression][] = [];
  for (let at = outer.get(call); at; at = outer.get(at)) {
    const [first] = at.arguments;
    if (at.callee.is === 'member' && first) found.push([at.callee.name, first.value]);
  }
  return found;
}
