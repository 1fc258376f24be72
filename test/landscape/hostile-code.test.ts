/** Programs that were cut off, changed, or made to break a reader: it answers, soon. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { landscapeOfTexts } from './facts.ts';

const samples = {
  'A.java': 'java/com/example/orders/OrderPublisher.java',
  'b.kt': 'kotlin/Shipping.kt',
  'c.py': 'python/clicks.py',
  'd.ts': 'typescript/carts.ts',
  'e.js': 'typescript/others.js',
  'f.go': 'go/stock.go',
} as const;

const textOf = (path: string) => readFileSync(join(import.meta.dirname, 'code', path), 'utf8');

/** It may only say that it gave up. */
async function survives(name: string, text: string): Promise<void> {
  const { unread } = await landscapeOfTexts({ [name]: text });
  for (const { says } of unread) assert.equal(says, 'it takes too long to read');
}

const full = process.env.KRAFTER_FULL ? 1_000 : 60;

const pieces = [
  ...['{', '}', '(', ')', '[', ']', '"', "'", '`', '"""', '/*', '*/', '//', '#', '\\', '\0'],
  ...['${', '=>', '->', ':=', ':', ';', ',', '.', '...', '**', '@', '\n', '\t', '\uD800', '…'],
  ...['class ', 'def ', 'func ', 'return ', 'if (', 'for ', 'props.put(', 'new ', 'props'],
];

describe('hostile programs', () => {
  for (const [name, path] of Object.entries(samples))
    it(`${name} is survived when it is cut off or changed anywhere`, async () => {
      const text = textOf(path);
      const change = fc.record({
        at: fc.nat(text.length),
        cut: fc.nat(60),
        put: fc.array(fc.constantFrom(...pieces), { maxLength: 6 }),
      });
      let longest = 0;
      await fc.assert(
        fc.asyncProperty(change, fc.boolean(), async ({ at, cut, put }, isEnd) => {
          const start = performance.now();
          const changed = text.slice(0, at) + put.join('') + (isEnd ? '' : text.slice(at + cut));
          await survives(name, changed);
          longest = Math.max(longest, performance.now() - start);
        }),
        { numRuns: full },
      );
      assert.ok(longest < 5_000, `${longest} ms`);
    });

  const head = {
    'A.java': 'import org.apache.kafka.clients.producer.KafkaProducer;\n',
    'b.kt': 'import org.apache.kafka.clients.producer.KafkaProducer\n',
    'c.py': 'from confluent_kafka import Producer\n',
    'd.ts': "import { Kafka } from 'kafkajs';\n",
    'f.go': 'package f\n\nimport "github.com/segmentio/kafka-go"\n',
  };
  for (const [name, first] of Object.entries(head))
    it(`${name} is survived when it is deep, long, or goes in circles`, async () => {
      const nests = [
        '(',
        '[',
        '{',
        'f(',
        'if (a) {',
        'a = b = ',
        '"',
        'x.',
        '{{',
        '/*',
        'class A {',
      ];
      for (const nest of nests) {
        const start = performance.now();
        await survives(name, first + nest.repeat(20_000));
        assert.ok(performance.now() - start < 8_000, nest);
      }
      const circle = [
        'a = b',
        'b = a',
        'c = {**c, **a}',
        'def f(x): return f(f(x))',
        'Producer({**f(a), **c})',
        'const a = { ...b, ...b }; const b = { ...a, ...a }; new Kafka(a).producer(b);',
        'var a = b + b + b; var b = a + a + a; producer := kafka.NewWriter(a)',
        'Map<String, Object> f() { return g(g(f())); } Map<String, Object> g() { return f(); }',
      ].join('\n');
      const start = performance.now();
      await survives(name, first + circle.repeat(50));
      assert.ok(performance.now() - start < 8_000);
    });

  it('what has nothing of Kafka costs a look at its text', async () => {
    const text = 'package a;\nimport java.util.Map;\nclass A { void f() { int x = 1; } }\n'.repeat(
      50,
    );
    const files = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`src/A${index}.java`, text]),
    );
    const start = performance.now();
    await landscapeOfTexts(files);
    assert.ok(performance.now() - start < 1_000);
  });
});
