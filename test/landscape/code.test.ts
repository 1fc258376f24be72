/** What programs say: how their clients are made, what they do, and which topics they name. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Place } from '../../src/files/place.ts';
import type { Configuration } from '../../src/landscape/facts/configuration.ts';
import type { Landscape } from '../../src/landscape/facts/index.ts';
import { landscapeIn, landscapeOfTexts, shown } from './facts.ts';

/** The text at a place. */
function written({ file, line, column, endColumn }: Place): string {
  const text = readFileSync(join(import.meta.dirname, 'code', file), 'utf8');
  return `${line}: ${text.split('\n')[line - 1]?.slice(column - 1, endColumn - 1)}`;
}

const made = ({ kind, library, open, settings, at: { line } }: Configuration) => [
  `${kind} of ${library} in line ${line}${open ? ', and more' : ''}`,
  ...settings.map(({ key, value, valueAt }) => `${key} is ${shown(value)}, ${written(valueAt)}`),
];

const done = ({ calls }: Landscape) =>
  calls.map(({ does, at: { line }, result, loop }) =>
    [
      `${line} ${does}`,
      ...(result ? [result] : []),
      ...(loop ? [`for all ${loop.over}`] : []),
    ].join(', '),
  );

const used = ({ uses }: Landscape) =>
  uses.map(
    ({ does, topic, group, key }) =>
      `${does} ${shown(topic.value)}, ${written(topic.at)}${group ? `, as ${shown(group.value)}` : ''}${key ? `, key ${key}` : ''}`,
  );

describe('Java', () => {
  it('has properties out of a method, with constants of Kafka, of the class and of another file', async () => {
    const landscape = await landscapeIn(
      'code',
      'java/com/example/orders/OrderPublisher.java',
      'java/com/example/orders/Topics.java',
    );
    assert.deepEqual(landscape.configurations.map(made), [
      [
        'producer of java in line 17',
        'bootstrap.servers is ?, 22: brokers',
        'acks is 1, 23: "1"',
        'linger.ms is 20, 24: 20',
        'max.in.flight.requests.per.connection is 10, 25: MAX_IN_FLIGHT',
        'key.serializer is org.apache.kafka.common.serialization.StringSerializer, 26: StringSerializer.class',
        'value.serializer is org.apache.kafka.common.serialization.StringSerializer, 27: StringSerializer.class',
        'transactional.id is ?, 29: System.getenv("TX_ID")',
      ],
      ['producer of java in line 60', 'acks is all, 56: "all"', 'retries is 3, 57: 3'],
    ]);
    assert.deepEqual(done(landscape), [
      '17 makes-producer',
      '60 makes-producer',
      '35 sends, dropped',
      '40 sends, awaited, for all loop',
      '42 flushes',
      '46 sends, handled',
      '60 closes',
      '66 closes',
    ]);
    assert.deepEqual(used(landscape), [
      'produces shop.orders.v1, 35: Topics.ORDERS, key given',
      'produces shop.orders.v1, 40: Topics.ORDERS, key none',
      'produces shop.audit, 47: "shop.audit", key given',
    ]);
  });

  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: placeholders of Spring are texts here
  it("has Spring's listeners, factories and topics, and what Kafka no longer has", async () => {
    const landscape = await landscapeIn(
      'code',
      'java/com/example/orders/OrderListener.java',
      'java/com/example/orders/Topics.java',
    );
    assert.deepEqual(landscape.configurations.map(made), [
      [
        'consumer of java in line 41',
        'group.id is billing, 43: group',
        'max.poll.records is 1000, 44: 10 * 100',
        'isolation.level is read_committed, 45: "read_committed"',
      ],
      ['consumer of java in line 50, and more', 'auto.offset.reset is earliest, 49: "earliest"'],
    ]);
    assert.deepEqual(used(landscape), [
      'produces shop.payments.v1, 25: Topics.PAYMENTS, key given',
      'produces shop.mail, 26: "shop.mail", key none',
      'consumes shop.stock, 51: "shop.stock"',
      'consumes shop.orders.v1, 51: Topics.ORDERS',
      'consumes shop.orders.v1, 23: Topics.ORDERS, as billing',
      'consumes shop.refunds, 23: "${app.topic:shop.refunds}", as billing',
    ]);
    assert.deepEqual(
      landscape.topics.map(({ by, name, partitions, replicationFactor }) =>
        [by, ...[name, partitions, replicationFactor].map((one) => one && shown(one.value))].join(
          ' ',
        ),
      ),
      ['TopicBuilder shop.orders.v1 12 3', 'NewTopic shop.payments.v1 6 2'],
    );
    assert.deepEqual(
      landscape.names.map(({ name, at: { line } }) => `${line} ${name}`),
      [
        '53 org.apache.kafka.clients.consumer.Consumer.poll(long)',
        '8 org.apache.kafka.clients.producer.internals.DefaultPartitioner',
      ],
    );
  });
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: until here
});

it('Kotlin has maps that are put together, and blocks that fill them', async () => {
  const landscape = await landscapeIn('code', 'kotlin/Shipping.kt');
  assert.deepEqual(landscape.configurations.map(made), [
    [
      'producer of java in line 15',
      'bootstrap.servers is ?, 14: brokers',
      'acks is 0, 17: "0"',
      'client.id is ?, 18: "shipping-$region"',
      'enable.idempotence is false, 19: false',
    ],
    [
      'consumer of java in line 37',
      'group.id is shipping, 33: "shipping"',
      'enable.auto.commit is true, 34: "true"',
      'session.timeout.ms is 30000, 35: "30000"',
    ],
  ]);
  assert.deepEqual(used(landscape), [
    'produces shop.shipments, 24: SHIPMENTS, key given',
    'produces ?, 28: "$SHIPMENTS.bulk", key none',
    'consumes shop.returns, 46: RETURNS, as shipping-returns',
    'consumes shop.claims, 46: "shop.claims", as shipping-returns',
  ]);
});

describe('Python', () => {
  it('has dictionaries from another file, spread, copied and changed', async () => {
    const landscape = await landscapeIn('code', 'python/clicks.py', 'python/config.py');
    assert.deepEqual(landscape.configurations.map(made), [
      [
        'admin of librdkafka in line 42',
        'bootstrap.servers is localhost:9092, 5: "localhost:9092"',
        'security.protocol is ?, 6: os.environ["KAFKA_PROTOCOL"]',
      ],
      [
        'producer of librdkafka in line 12',
        'bootstrap.servers is localhost:9092, 5: "localhost:9092"',
        'security.protocol is ?, 6: os.environ["KAFKA_PROTOCOL"]',
        'acks is 1, 12: 1',
        'linger.ms is 50, 12: 50',
        'acks.note is ?, 12: acks',
      ],
      [
        'consumer of librdkafka in line 30',
        'bootstrap.servers is localhost:9092, 5: "localhost:9092"',
        'security.protocol is ?, 6: os.environ["KAFKA_PROTOCOL"]',
        'group.id is clicks, 25: "clicks"',
        'enable.auto.commit is false, 26: False',
        'auto.offset.reset is earliest, 27: "earliest"',
        'session.timeout.ms is 6000, 27: 6000',
        'fetch.min.bytes is ?, 29: 1',
      ],
      [
        'producer of librdkafka in line 38',
        'bootstrap.servers is kafka-1:9092,kafka-2:9092, 38: "kafka-1:9092,kafka-2:9092"',
      ],
    ]);
    assert.deepEqual(done(landscape), [
      '42 makes-admin',
      '12 makes-producer',
      '30 makes-consumer',
      '38 makes-producer',
      '15 sends, dropped',
      '16 polls',
      '20 sends, dropped, for all loop',
      '21 flushes, for all loop',
      '33 polls, for all loop',
      '34 commits, for all loop',
      '39 sends, handled',
    ]);
    assert.deepEqual(used(landscape), [
      'produces shop.clicks, 15: TOPIC, key given',
      'produces shop.pages, 20: "shop.pages", key none',
      'consumes shop.clicks, 31: TOPIC, as clicks',
      'consumes ?, 31: f"{TOPIC}.retry", as clicks',
      'produces shop.events, 39: "shop.events", key none',
    ]);
  });

  it('has keyword arguments, also those that come from elsewhere', async () => {
    const landscape = await landscapeIn('code', 'python/asynchronous.py');
    assert.deepEqual(landscape.configurations.map(made), [
      [
        'producer of aiokafka in line 6',
        'bootstrap.servers is kafka-1:9092, 6: "kafka-1:9092"',
        'enable.idempotence is true, 6: True',
      ],
      [
        'consumer of aiokafka in line 12',
        'bootstrap.servers is kafka-1:9092,kafka-2:9092, 15: ["kafka-1:9092", "kafka-2:9092"]',
        'group.id is reports, 16: "reports"',
        'session.timeout.ms is 9000, 17: 9_000',
      ],
      ['producer of kafka-python in line 23, and more', 'acks is 0, 23: 0', 'retries is 5, 23: 5'],
    ]);
    assert.deepEqual(used(landscape), [
      'consumes shop.events, 13: "shop.events", as reports',
      'consumes shop.clicks, 14: "shop.clicks", as reports',
      'produces shop.events, 8: "shop.events", key given',
      'produces shop.events, 24: "shop.events", key none',
    ]);
  });

  it('tells what is only the default of a variable', async () => {
    const { configurations } = await landscapeIn('code', 'python/clicks.py', 'python/config.py');
    assert.deepEqual(configurations[1]?.settings[0]?.value, {
      known: 'localhost:9092',
      from: 'the default of KAFKA_BOOTSTRAP',
    });
  });
});

describe('TypeScript and JavaScript', () => {
  it('have objects, their parts in another file, and what is given with each send', async () => {
    const landscape = await landscapeIn('code', 'typescript/carts.ts', 'typescript/topics.ts');
    assert.deepEqual(landscape.configurations.map(made), [
      [
        'consumer of kafkajs in line 8',
        "client.id is carts, 5: 'carts'",
        "bootstrap.servers is localhost:9092, 6: 'localhost:9092'",
        'group.id is carts, 8: GROUP',
        'session.timeout.ms is 20000, 8: 20_000',
        'enable.auto.commit is false, 37: false',
      ],
      [
        'producer of kafkajs in line 11',
        "client.id is carts, 5: 'carts'",
        "bootstrap.servers is localhost:9092, 6: 'localhost:9092'",
        'allow.auto.create.topics is false, 12: false',
        "enable.idempotence is ?, 13: process.env.IDEMPOTENT === 'true'",
        'max.in.flight.requests.per.connection is 5, 14: 5',
        'partitioner is ?, 15: Partitioners.DefaultPartitioner',
        'acks is 1, 21: 1',
      ],
      [
        'producer of kafkajs in line 39',
        "client.id is carts, 5: 'carts'",
        "bootstrap.servers is localhost:9092, 6: 'localhost:9092'",
      ],
    ]);
    assert.deepEqual(done(landscape), [
      '8 makes-consumer',
      '11 makes-producer',
      '39 makes-producer, for all records',
      '19 sends, dropped',
      '28 sends, awaited, for all loop',
      '40 sends, awaited, for all records',
    ]);
    assert.deepEqual(used(landscape), [
      'produces shop.carts, 20: topics.carts, key given',
      'produces shop.checkouts, 28: topics.checkouts, key none',
      'consumes shop.carts, 35: topics.carts, as carts',
      'consumes ?, 35: /shop\\..*/, as carts',
      "produces shop.mail, 40: 'shop.mail', key none",
    ]);
  });

  it('have the clients of three libraries, by require', async () => {
    const landscape = await landscapeIn('code', 'typescript/others.js');
    assert.deepEqual(landscape.configurations.map(made), [
      [
        'producer of librdkafka in line 6',
        "bootstrap.servers is kafka-1:9092, 5: ['kafka-1:9092']",
        'linger.ms is 10, 6: 10',
        'acks is 0, 6: 0',
        'enable.idempotence is false, 6: false',
      ],
      [
        'producer of librdkafka in line 8',
        "bootstrap.servers is kafka-1:9092, 8: 'kafka-1:9092'",
        'acks is 1, 8: 1',
      ],
      [
        'producer of platformatic-kafka in line 11',
        "client.id is logs, 11: 'logs'",
        "bootstrap.servers is kafka-1:9092, 11: ['kafka-1:9092']",
        'acks is 1, 11: ProduceAcks.LEADER',
      ],
      [
        'consumer of platformatic-kafka in line 12',
        "group.id is logs, 12: 'logs'",
        "bootstrap.servers is kafka-1:9092, 12: ['kafka-1:9092']",
        'enable.auto.commit is true, 12: true',
      ],
    ]);
    assert.deepEqual(used(landscape), [
      "produces shop.logs, 9: 'shop.logs'",
      "produces shop.logs, 15: 'shop.logs', key given",
      "produces shop.logs, 16: 'shop.logs'",
      "consumes shop.logs, 17: 'shop.logs', as logs",
    ]);
  });
});

it('Go has structs, options, maps and fields that are set, with constants of its package', async () => {
  const landscape = await landscapeIn('code', 'go/stock.go', 'go/topics.go');
  assert.deepEqual(landscape.configurations.map(made), [
    [
      'producer of franz-go in line 19',
      'bootstrap.servers is ?, 20: brokers',
      'group.id is stock, 21: "stock"',
      'acks is 1, 23: kgo.LeaderAck()',
      'enable.idempotence is false, 24: kgo.DisableIdempotentWrite()',
      'enable.auto.commit is false, 25: kgo.DisableAutoCommit()',
    ],
    [
      'consumer of franz-go in line 19',
      'bootstrap.servers is ?, 20: brokers',
      'group.id is stock, 21: "stock"',
      'acks is 1, 23: kgo.LeaderAck()',
      'enable.idempotence is false, 24: kgo.DisableIdempotentWrite()',
      'enable.auto.commit is false, 25: kgo.DisableAutoCommit()',
    ],
    ['producer of kafka-go in line 31', 'partitioner is ?, 31: kafka.Hash{}'],
    [
      'producer of kafka-go in line 47',
      'bootstrap.servers is kafka-1:9092, 47: []string{"kafka-1:9092"}',
    ],
    [
      'consumer of kafka-go in line 49',
      'bootstrap.servers is kafka-1:9092, 50: []string{"kafka-1:9092"}',
      'group.id is stock-old, 51: "stock-old"',
    ],
    [
      'producer of librdkafka in line 59',
      'bootstrap.servers is ?, 60: os.Getenv("KAFKA")',
      'acks is 1, 61: 1',
      'enable.idempotence is false, 62: false',
    ],
    [
      'producer of sarama in line 78',
      'bootstrap.servers is ?, 78: brokers',
      'acks is 0, 76: sarama.NoResponse',
      'max.in.flight.requests.per.connection is 1, 77: 1',
    ],
  ]);
  assert.deepEqual(done(landscape), [
    '19 makes-producer',
    '19 makes-consumer',
    '31 makes-producer',
    '47 makes-producer',
    '49 makes-consumer',
    '59 makes-producer',
    '78 makes-producer',
    '38 sends, handled, for all loop',
    '42 sends, dropped',
    '48 closes',
    '54 closes',
    '67 closes',
    '68 sends, handled',
    '82 sends, handled',
  ]);
  assert.deepEqual(used(landscape), [
    'consumes shop.stock, 22: stockTopic, as stock',
    'consumes shop.returns, 22: "shop.returns", as stock',
    'produces shop.stock, 31: stockTopic',
    'produces shop.old, 47: "shop.old"',
    'consumes shop.old, 52: "shop.old", as stock-old',
    'produces shop.moves, 42: "shop.moves", key none',
    'produces shop.prices, 69: topic, key none',
    'produces shop.alerts, 82: "shop.alerts", key given',
  ]);
});

describe('a client that is declared in one place and made in another', () => {
  const texts = {
    'A.java': `import org.apache.kafka.clients.producer.*;
class A {
  private KafkaProducer<String, String> producer = null;
  A(java.util.Map<String, Object> settings) {
    settings.put("acks", "all");
    producer = new KafkaProducer<>(settings);
  }
  void send(String value) {
    producer.send(new ProducerRecord<>("a", value), (stored, failure) -> {});
  }
}`,
    'b.kt': `import org.apache.kafka.clients.producer.KafkaProducer
import org.apache.kafka.clients.producer.ProducerRecord
class B(val settings: Map<String, Any>) {
  private var producer: KafkaProducer<String, String>? = null
  fun start() { producer = KafkaProducer(settings + mapOf("acks" to "all")) }
  fun send(value: String) { producer!!.send(ProducerRecord("b", value)) }
}`,
    'c.py': `from aiokafka import AIOKafkaProducer
producer = None
async def start():
    global producer
    producer = AIOKafkaProducer(acks="all")
async def send(value):
    await producer.send_and_wait("c", value)
`,
    'd.ts': `import { Kafka, type Producer } from 'kafkajs';
const kafka = new Kafka({ brokers: [] });
let producer: Producer | undefined;
export async function send(value: string) {
  producer ??= kafka.producer({ idempotent: true, retry: { retries: 3 } });
  await producer.send({ topic: 'd', messages: [{ value }] });
}`,
    'e.go': `package e

import "github.com/confluentinc/confluent-kafka-go/v2/kafka"

var producer *kafka.Producer

func start() (err error) {
	producer, err = kafka.NewProducer(&kafka.ConfigMap{"acks": "all"})
	return err
}

func flush() { producer.Flush(100) }
`,
  };
  for (const [name, text] of Object.entries(texts))
    it(`is the same one: ${name}`, async () => {
      const { configurations, calls } = await landscapeOfTexts({ [name]: text });
      const [configuration] = configurations;
      assert.ok(configuration?.settings.some(({ value }) => /^(all|true)$/.test(shown(value))));
      const used = calls.find(({ does }) => does === 'sends' || does === 'flushes');
      assert.equal(used?.configuration, configuration);
    });
});

describe('what is none of Kafka’s', () => {
  const nothing = async (texts: Readonly<Record<string, string>>) => {
    const { configurations, calls, uses, topics, names, unread } = await landscapeOfTexts(texts);
    assert.deepEqual([configurations, calls, uses, topics, names, unread].flat(), []);
  };

  it('gives nothing: namesakes, doubles, other brokers', () =>
    nothing({
      'A.java':
        'import com.acme.kafka.KafkaProducer;\nclass A { Object a = new KafkaProducer<>(java.util.Map.of("acks", "0")); /* org.apache.kafka. */ }',
      'B.java':
        'import org.springframework.kafka.annotation.EnableKafka;\nimport org.springframework.amqp.rabbit.annotation.*;\nclass B { @RabbitListener(queues = "orders") void on(String a) { rabbit.send("orders", a); } }',
      'c.py':
        'import kafka\nclass Producer:\n    pass\nproducer = Producer({"acks": 0})\nproducer.send("a")\n',
      'd.ts':
        "import type { Message } from 'kafkajs';\nconst producer = { send: (a: Message) => a };\nproducer.send({ topic: 'a' } as never);\n",
      'e.go':
        'package e\n\nimport "github.com/segmentio/kafka-go"\n\nvar e kafka.Error\n\ntype Writer struct{ Acks int }\n\nvar w = Writer{Acks: 0}\n',
    }));
});
