import type { Evaluator } from '../../code/evaluate.ts';
import type { Call, Expression } from '../../code/program.ts';
import { memberOf, type Site, type Worth } from '../../code/worth.ts';
import type { Located } from '../../facts/setting.ts';

/** A topic that a call names, and whether what is sent has a key. */
export type Named = {
  readonly topic: Located;
  readonly key?: 'given' | 'none';
  readonly pattern?: true;
};

/** Text, or why it is not known. */
export function located(worth: Worth): Located {
  if (worth.is === 'text') return { value: worth.value, at: worth.at };
  const why = worth.is === 'unknown' ? worth.why : 'the program works it out';
  return { value: { unknown: why }, at: worth.at };
}

/** One or several. */
export function allIn(worth: Worth): Located[] {
  return worth.is === 'list' ? worth.items.map(located) : [located(worth)];
}

/** What a call that sends names. */
export function sentTo(call: Call, by: string, site: Site, evaluator: Evaluator): Named[] {
  const given = (index: number) => call.arguments[index]?.value;
  const keyword = (name: string) => call.arguments.find((one) => one.name === name)?.value;
  const ask = (expression: Expression) => evaluator.ask(expression, site);
  // KafkaTemplate's default topic is a setting, and what it sends has no name of a topic here.
  if (by.endsWith('.sendDefault')) return [];
  if (/^(confluent_kafka|aiokafka|kafka)\./.test(by)) {
    const positional = call.arguments.filter(({ name }) => name === undefined);
    const topic = keyword('topic') ?? positional[0]?.value;
    if (!topic) return [];
    const isGiven = keyword('key') ?? positional[2];
    return [{ topic: located(ask(topic)), key: isGiven ? 'given' : 'none' }];
  }
  const first = given(0);
  if (!first) return [];
  if (by.startsWith('org.')) return javaRecord(call, ask(first), evaluator);
  if (by.startsWith('github.com/')) return goRecords(call, ask);
  const worth = ask(first);
  if (worth.is !== 'map') return /\.produce$/.test(by) ? [{ topic: located(worth) }] : [];
  const topic = memberOf(worth, 'topic');
  const messages = memberOf(worth, 'messages');
  if (topic) return [{ topic: located(topic), ...keyOf(messages) }];
  return messages?.is === 'list'
    ? messages.items.flatMap((one) => inMessage(one, 'topic', 'key'))
    : [];
}

function keyOf(messages: Worth | undefined): Pick<Named, 'key'> {
  if (messages?.is !== 'list' || messages.open || messages.items.length === 0) return {};
  if (messages.items.some((one) => one.is !== 'map' || one.open)) return {};
  return {
    key: messages.items.some((one) => one.is === 'map' && memberOf(one, 'key')) ? 'given' : 'none',
  };
}

function inMessage(worth: Worth, topicKey: string, recordKey: string): Named[] {
  if (worth.is !== 'map') return [];
  const topic = memberOf(worth, topicKey);
  if (!topic) return [];
  return [{ topic: located(topic), key: memberOf(worth, recordKey) ? 'given' : 'none' }];
}

/** `send(new ProducerRecord<>(topic, ...))`, or `send(topic, ...)` of a KafkaTemplate. */
function javaRecord(call: Call, first: Worth, evaluator: Evaluator): Named[] {
  if (first.is === 'made' && first.by.endsWith('.ProducerRecord') && first.call) {
    const given = first.call.arguments;
    const topic = given[0]?.value;
    if (!topic) return [];
    return [
      {
        topic: located(evaluator.ask(topic, first.site)),
        key: given.length > 2 ? 'given' : 'none',
      },
    ];
  }
  if (first.is !== 'text' && first.is !== 'unknown') return [];
  // What is unknown may be a whole record.
  if (first.is === 'unknown' && call.arguments.length === 1) return [];
  return [{ topic: located(first), key: call.arguments.length > 2 ? 'given' : 'none' }];
}

function goRecords(call: Call, ask: (expression: Expression) => Worth): Named[] {
  return call.arguments.flatMap(({ value }) => {
    const worth = ask(value);
    if (worth.is !== 'map') return [];
    const partition = memberOf(worth, 'TopicPartition');
    if (partition?.is === 'map') {
      const named = inMessage(partition, 'Topic', '');
      return named.map(
        (one) => ({ ...one, key: memberOf(worth, 'Key') ? 'given' : 'none' }) as const,
      );
    }
    return inMessage(worth, 'Topic', 'Key');
  });
}

/** Calls that say what a consumer reads: the argument with topics. */
export function readIn(call: Call, by: string, site: Site, evaluator: Evaluator): Named[] {
  const given = (index: number) => call.arguments[index]?.value;
  const first = given(0);
  const ask = (expression: Expression) => evaluator.ask(expression, site);
  const plain = (topics: readonly Located[]): Named[] => topics.map((topic) => ({ topic }));
  if (
    /(Kafka(Consumer)?|Consumer)\.subscribe$/.test(by) ||
    /\.(subscribe|SubscribeTopics|Subscribe|consume)$/.test(by)
  ) {
    const keyword = call.arguments.find(({ name }) => name === 'topics' || name === 'pattern');
    const argument = keyword?.value ?? first;
    if (!argument) return [];
    const worth = ask(argument);
    if (keyword?.name === 'pattern') return [{ topic: located(worth), pattern: true }];
    if (worth.is === 'map') {
      const one = memberOf(worth, 'topic');
      const several = memberOf(worth, 'topics');
      return plain([...(one ? [located(one)] : []), ...(several ? allIn(several) : [])]);
    }
    // A regular expression, or a list that somebody else made.
    return worth.is === 'text' || worth.is === 'list'
      ? allIn(worth).map((topic) =>
          'known' in topic.value && topic.value.known.startsWith('^')
            ? { topic, pattern: true as const }
            : { topic },
        )
      : [];
  }
  return [];
}
