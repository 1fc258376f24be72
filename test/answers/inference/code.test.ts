import assert from 'node:assert/strict';
import { test } from 'node:test';
import { source } from '../../../src/answers/inference/readers/source.ts';
import { ProjectFile } from '../../../src/files/project-file.ts';

/** The topics that a file of code names, with their lines. */
async function topicsOf(path: string, text: string): Promise<string[]> {
  const reader = source.find(({ files }) => files.test(path));
  assert.ok(reader);
  const file = new ProjectFile(path, text);
  const clues = await reader.read(file, { file: () => undefined });
  return clues.flatMap(({ answer, value, line }) =>
    answer === 'topic' ? [`${value}:${line}`] : [],
  );
}

const cases: readonly { about: string; path: string; code: string; topics: string[] }[] = [
  {
    about: 'TypeScript with types around',
    path: 'a.ts',
    code: `import { Kafka, type Producer } from 'kafkajs';
type Wanted = { topic: 'a' | 'b' };
await producer.send<{ topic: string }>({
  topic: "orders.v1",
});
await consumer.subscribe({ topic: \`refunds.v1\` });`,
    topics: ['orders.v1:4', 'refunds.v1:6'],
  },
  {
    about: 'a topic that is pieced together',
    path: 'a.mjs',
    code: `import { Kafka } from 'kafkajs';
producer.send({ topic: 'orders.' + region });
producer.send({ topic: prefix('orders') });
producer.send({ topic: 'orders'.concat(region) });`,
    topics: [],
  },
  {
    about: 'properties of other names and other objects',
    path: 'a.js',
    code: `const { Kafka } = require('kafkajs');
const view = { subtopic: 'no', "retopic": 'no', 'my.topic': 'no' };
config.topic = 'no';`,
    topics: [],
  },
  {
    about: 'node-rdkafka takes lists and produces by position',
    path: 'a.cjs',
    code: `const rdkafka = require('node-rdkafka');
consumer.subscribe(['a.v1', 'b.v1']);
producer.produce('c.v1', null, Buffer.from(''));`,
    topics: ['a.v1:2', 'b.v1:2', 'c.v1:3'],
  },
  {
    about: 'a list that goes on with a variable',
    path: 'a.py',
    code: `from confluent_kafka import Consumer
consumer.subscribe(["a.v1", OTHER, "c.v1"])`,
    topics: ['a.v1:2'],
  },
  {
    about: 'another library of the same manners',
    path: 'a.py',
    code: `import redis  # kafka came later
pubsub.subscribe(["news"])
queue.produce("jobs", 1)`,
    topics: [],
  },
  {
    about: 'Python strings that hold comment signs and comments that hold strings',
    path: 'a.py',
    code: `from aiokafka import AIOKafkaProducer
color = "#fff"; producer.send("a.v1", b"")
# producer.send("b.v1", b"")
note = '''
producer.send("c.v1", b"")
'''
producer.send("d.v1")`,
    topics: ['a.v1:2', 'd.v1:7'],
  },
  {
    about: 'internal and impossible names',
    path: 'a.py',
    code: `from confluent_kafka import Producer
p.produce("__consumer_offsets", b"")
p.produce("..", b"")
p.produce("with space", b"")
p.produce("${'x'.repeat(250)}", b"")`,
    topics: [],
  },
  {
    about: 'Java with RabbitMQ beside Kafka',
    path: 'A.java',
    code: `import org.springframework.kafka.core.KafkaTemplate;
class A {
  void a() {
    rabbitTemplate.send("exchange", message);
    ordersKafkaTemplate.send("orders.v1", key, value);
    String url = "http://x"; // kafkaTemplate.send("old.v1", value);
  }
}`,
    topics: ['orders.v1:5'],
  },
  {
    about: 'Java that builds topics',
    path: 'A.java',
    code: `import org.apache.kafka.clients.admin.NewTopic;
class A {
  NewTopic a() { return new NewTopic("a.v1", 6, (short) 3); }
  NewTopic b() { return TopicBuilder.name("b.v1").partitions(6).build(); }
  NewTopic c() { return TopicBuilder
      .name("c.v1").build(); }
  TopicPartition d = new TopicPartition("d.v1", 0);
}`,
    topics: ['a.v1:3', 'b.v1:4', 'c.v1:6', 'd.v1:7'],
  },
  {
    about: 'Kotlin lists',
    path: 'A.kt',
    code: `import org.apache.kafka.clients.consumer.KafkaConsumer
consumer.subscribe(listOf("a.v1", "b.v1"))
producer.send(ProducerRecord("c.v1", "k", "v"))
@KafkaListener(topics = arrayOf("d.v1"))`,
    topics: ['a.v1:2', 'b.v1:2', 'c.v1:3', 'd.v1:4'],
  },
  {
    about: 'Go of all three clients',
    path: 'a.go',
    code: `import (
	"github.com/twmb/franz-go/pkg/kgo"
)
var a = kgo.KeySliceRecord(key, value)
var b = &kgo.Record{Topic: "b.v1"}
var c = kafka.TopicPartition{Topic: &topic}
var d = consumer.Subscribe("d.v1", nil)
var e = kgo.ConsumeTopics(
	"e.v1",
	"f.v1",
)`,
    topics: ['b.v1:5', 'd.v1:7', 'e.v1:9', 'f.v1:10'],
  },
];

for (const { about, path, code, topics } of cases) {
  test(`topics in code: ${about}`, async () => {
    assert.deepEqual(await topicsOf(path, code), topics);
  });
}

test('lines are counted with carriage returns and a byte order mark', async () => {
  const code = '\uFEFFimport confluent_kafka\r\n\r\np.produce("a.v1")\r\n';
  assert.deepEqual(await topicsOf('a.py', code), ['a.v1:3']);
});
