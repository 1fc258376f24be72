/** What makes no working platform is refused at its line, with what Kafka would do about it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import type { Answers } from '../../src/blueprint/draft.ts';
import { parseBlueprint } from '../../src/blueprint/load.ts';
import type { Blueprint } from '../../src/blueprint/schema.ts';
import { milliseconds } from '../../src/blueprint/units.ts';
import { blueprintText } from '../../src/blueprint/write.ts';
import { useCaseIds } from '../../src/catalog/choices.ts';
import { KrafterError, type Trouble } from '../../src/errors.ts';
import { synthesize } from '../../src/synthesis.ts';
import { draft, everyDraft } from './drafts.ts';

/** What krafter says of a blueprint, undefined where it takes it. */
function troubleOf(text: string): Trouble | undefined {
  try {
    parseBlueprint(text, 'krafter.yaml');
    return undefined;
  } catch (error) {
    assert.ok(error instanceof KrafterError, String(error));
    return error.trouble;
  }
}

type Case = {
  readonly name: string;
  readonly of?: Partial<Answers>;
  /** What a person changes in the text. */
  readonly edit: (text: string) => string;
  /** The text at which krafter points. */
  readonly at: RegExp;
  readonly what: RegExp;
  readonly next?: RegExp;
};

const swap = (old: string | RegExp, text: string) => (good: string) => {
  assert.ok(good.search(old) >= 0, `${old} is not in the blueprint`);
  return good.replace(old, text);
};
const all = (old: string, text: string) => (good: string) => good.replaceAll(old, text);
const production: Partial<Answers> = { tier: 2, monitoring: 'grafana' };
const machines: Partial<Answers> = { ...production, deploy: 'bare-metal' };
const topic = (name: string, more = '') =>
  swap('topics:\n', `topics:\n  - name: ${name}\n    partitions: 1\n${more}`);

const cases: Readonly<Record<string, readonly Case[]>> = {
  names: [
    ...['topics', 'certs', 'jmx-exporter', 'prometheus', 'grafana', 'broker-7'].map((name) => ({
      name: `a service called ${name}, as one of compose.yaml`,
      edit: all('page-tracker', name),
      at: new RegExp(`(?<=principals:\\n {2}- )name: ${name}\\n`),
      what: new RegExp(`The name ${name} is taken by the platform itself`),
    })),
    {
      name: "a principal whose password would be Grafana's",
      edit: swap('principals:\n', 'principals:\n  - name: grafana-admin\n'),
      at: /name: grafana-admin/,
      what: /grafana-admin is taken by the platform itself/,
    },
    ...['ssl', 'systemd', 'kafka', 'con'].map((name) => ({
      name: `a platform called ${name}, as a folder of the system or a word of it`,
      edit: swap('name: shop', `name: ${name}`),
      at: new RegExp(`name: ${name}`),
      what: new RegExp(`"${name}" is a reserved word`),
      next: new RegExp(`name: my-${name}`),
    })),
  ],
  ports: [
    {
      name: "a service on Prometheus's port",
      of: production,
      edit: swap('port: 8081', 'port: 9090'),
      at: /port: 9090/,
      what: /Port 9090 is that of Prometheus, and page-analytics has it too/,
    },
    {
      name: "a service on Grafana's port",
      of: production,
      edit: swap('port: 8080', 'port: 3000'),
      at: /port: 3000/,
      what: /Port 3000 is that of Grafana, and page-tracker has it too/,
    },
    {
      name: "three brokers of which the second has Prometheus's port",
      of: production,
      edit: swap('externalPort: 29092', 'externalPort: 9089'),
      at: /externalPort: 9089/,
      what: /Port 9090 is that of Prometheus, and broker-2 \(externalPort 9089\) has it too/,
      next: /Move externalPort/,
    },
    {
      name: 'brokers that reach up to a service',
      of: production,
      edit: swap('externalPort: 29092', 'externalPort: 8079'),
      at: /(?<=page-tracker\n.*\n.*\n {4})port: 8080/,
      what: /Port 8080 is that of broker-2 \(externalPort 8079\), and page-tracker has it too/,
    },
    ...[
      [9092, 'the listener CLIENT'],
      [9404, 'the metrics'],
    ].map(([port, who]) => ({
      name: `on machines, a service on the port of ${who} of each node`,
      of: machines,
      edit: swap('port: 8081', `port: ${port}`),
      at: new RegExp(`port: ${port}`),
      what: new RegExp(`Port ${port} is that of ${who} of each node, and page-analytics`),
    })),
  ],
  'what becomes a comment or a word of topics.conf': [
    ...['contents', 'key', 'keyReason'].map((key) => ({
      name: `${key} of two lines`,
      edit: swap(new RegExp(`${key}: .*`), `${key}: "mine\\ntopic evil partitions=1"`),
      at: new RegExp(`${key}: "mine`),
      what: new RegExp(`"topics\\[0\\]\\.${key}" is .*must be one line of text`),
    })),
    {
      name: 'a text without end',
      edit: swap(/contents: .*/, `contents: ${'x'.repeat(301)}`),
      at: /contents: x/,
      what: /must have at most 300 characters/,
    },
    {
      name: 'a consumer group with spaces',
      edit: all('shop.page-analytics', 'shop page analytics'),
      at: /(?<=groups: \[)shop page/,
      what: /"principals\[1\]\.groups\[0\]" is "shop page analytics", but it must be of letters/,
    },
    {
      name: 'a consumer group that stands for all',
      edit: all('[shop.page-analytics]', '["*"]'),
      at: /(?<=groups: \[)"\*"/,
      what: /groups\[0\]" is "\*", but it must be of letters/,
    },
  ],
  topics: [
    {
      name: 'a topic of Kafka itself',
      edit: topic('__consumer_offsets'),
      at: /name: __consumer_offsets/,
      what: /__consumer_offsets can not be a topic of yours/,
    },
    {
      name: 'a topic with the dead letters of itself',
      edit: swap('deadLettersOf: web.page-views.v1', 'deadLettersOf: web.page-views.v1.dlq'),
      at: /deadLettersOf/,
      what: /has the dead letters of itself/,
    },
    {
      name: 'dead letters of which only the newest stays',
      edit: swap(/cleanup: delete\n {4}retention: 30d/, 'cleanup: compact'),
      at: /cleanup: compact/,
      what: /web\.page-views\.v1\.dlq has dead letters, but is compacted/,
    },
    {
      name: 'names that meet in the metrics',
      edit: topic('web_page-views_v1'),
      at: /(?<=- )name: web\.page-views\.v1\n/,
      what: /differ only in "\." and "_"/,
    },
    {
      name: 'a compacted topic with a retention',
      edit: swap('cleanup: delete', 'cleanup: compact'),
      at: /retention: 7d/,
      what: /compacted, so a retention has no effect/,
    },
    {
      name: 'a compacted topic without a key',
      edit: topic('prices', '    cleanup: compact\n'),
      at: /cleanup: compact/,
      what: /prices is compacted but has no key/,
    },
    {
      name: 'a retention beyond the numbers',
      edit: swap('retention: 7d', 'retention: 9999999d'),
      at: /retention: 9999999d/,
      what: /must be a number with m, h or d/,
    },
    {
      name: 'more partitions than a broker carries',
      edit: (text) =>
        topic('a')(topic('b')(text)).replaceAll('partitions: 1\n', 'partitions: 2000\n'),
      at: /topics:/,
      what: /8000 partition replicas on one broker are more than 4,000 each/,
    },
    {
      name: 'partitions that carry nothing',
      edit: swap('perPartition: 10MB/s', 'perPartition: 0.0MB/s'),
      at: /perPartition: 0/,
      what: /"topics\[0\]\.load\.perPartition" is "0\.0MB\/s".*above zero/,
    },
    {
      name: 'a throughput that no number holds',
      edit: swap(/throughput: .*/, `throughput: ${'9'.repeat(400)}MB/s`),
      at: /throughput: 9/,
      what: /above zero, such as 18MB\/s/,
    },
  ],
  services: [
    {
      name: 'a consumer that reads another topic than the producer writes',
      of: { security: 'none' },
      edit: (text) => topic('orders')(text).replace(/(consumer\n {4}topic: ).*/, '$1orders'),
      at: /topic: orders/,
      what: /page-analytics reads orders, but page-tracker writes web\.page-views\.v1/,
    },
    {
      name: 'dead letters into the topic that they come from',
      of: { security: 'none' },
      edit: swap('deadLetters: web.page-views.v1.dlq', 'deadLetters: web.page-views.v1'),
      at: /deadLetters: /,
      what: /dead letters of page-analytics go to the topic that it reads/,
    },
    {
      name: 'dead letters into the dead letters of another topic',
      of: { security: 'none' },
      edit: (text) => topic('orders')(text).replace(/deadLettersOf: .*/, 'deadLettersOf: orders'),
      at: /deadLetters: /,
      what: /web\.page-views\.v1\.dlq has the dead letters of orders, not those of web/,
    },
    {
      name: 'a topic that is not there',
      edit: swap(/(producer\n {4}topic: ).*/, '$1nowhere'),
      at: /topic: nowhere/,
      what: /Topic nowhere is not among the topics/,
    },
    {
      name: 'dead letters that have no topic',
      edit: swap(/deadLetters: .*/, 'deadLetters: nowhere'),
      at: /deadLetters: nowhere/,
      what: /Topic nowhere is not among the topics/,
    },
    {
      name: 'a service without a principal',
      of: production,
      edit: swap(/(services:\n {2}- name: )page-tracker/, '$1page-counter'),
      at: /name: page-counter/,
      what: /page-counter has no principal of its name/,
    },
    {
      name: 'a producer that may not write',
      of: production,
      edit: swap(/ {4}produce: \[web\.page-views\.v1\]\n/, ''),
      at: /(?<=services:\n {2}- )name: page-tracker/,
      what: /page-tracker needs web\.page-views\.v1, but .* under produce/,
    },
    {
      name: 'a consumer that may not join its group',
      of: production,
      edit: swap(/groups: .*/, 'groups: [shop.others]'),
      at: /(?<=port: 8080\n {2}- )name: page-analytics/,
      what: /page-analytics needs shop\.page-analytics, but .* under groups/,
    },
  ],
  brokers: [
    ...['1m', '255m', '99999g'].map((heap) => ({
      name: `a heap of ${heap}`,
      edit: swap('heap: 512m', `heap: ${heap}`),
      at: new RegExp(`heap: ${heap}`),
      what: new RegExp(`A heap of ${heap} is (too small|more than a broker can use)`),
    })),
    {
      name: 'hosts where there are none',
      of: production,
      edit: swap('cluster:\n', 'cluster:\n  hosts: [a, b, c]\n'),
      at: /hosts: \[a/,
      what: /hosts are given, but the brokers are containers of one machine/,
      next: /deploy: bare-metal/,
    },
    {
      name: 'two brokers on one machine',
      of: machines,
      edit: swap('kafka-3.shop.internal', 'KAFKA-1.shop.internal'),
      at: /KAFKA-1/,
      what: /Two brokers have the same host/,
    },
  ],
};

for (const [title, list] of Object.entries(cases)) {
  describe(`refused: ${title}`, () => {
    for (const { name, of, edit, at, what, next } of list) {
      it(name, () => {
        const text = edit(blueprintText(draft(of)));
        const trouble = troubleOf(text);
        assert.ok(trouble, 'it was taken');
        assert.match(trouble.what, what);
        assert.equal(trouble.where?.split(' ')[0], `krafter.yaml:${position(text, at)}`);
        assert.ok(trouble.next, 'it says what to write');
        if (next) assert.match(trouble.next, next);
      });
    }
  });
}

describe('taken', () => {
  it('every draft of `krafter new`', () => {
    for (const useCase of useCaseIds) {
      for (const blueprint of everyDraft(useCase)) {
        assert.equal(troubleOf(blueprintText(blueprint)), undefined);
      }
    }
  });

  it("the brokers' usual ports on this machine, where they are in containers", () => {
    const text = blueprintText(draft(production));
    const usual = text.replace('externalPort: 29092', 'externalPort: 9092');
    assert.equal(troubleOf(usual), undefined);
  });

  it('the longest retention, which fits into a long of Kafka', () => {
    const text = blueprintText(draft()).replace('retention: 7d', 'retention: 999999d');
    assert.equal(troubleOf(text), undefined);
    assert.ok(milliseconds('999999d') < Number.MAX_SAFE_INTEGER);
  });
});

describe('what the platform has by itself can not be named in krafter.yaml', () => {
  for (const blueprint of everyDraft('streaming')) {
    const { tier, deploy, security, monitoring } = blueprint;
    it(`tier ${tier}, ${deploy}, security ${security}, monitoring ${monitoring}`, () => {
      const own = ownParts(blueprint);
      assert.ok(own.names.length > 0 || (deploy === 'bare-metal' && security === 'none'));
      for (const name of own.names) {
        const text = blueprintText(blueprint).replaceAll('page-tracker', name);
        assert.match(troubleOf(text)?.what ?? '', /taken by the platform itself/, name);
      }
      for (const port of own.ports) {
        const text = blueprintText(blueprint).replace('port: 8080', `port: ${port}`);
        assert.match(troubleOf(text)?.what ?? '', /has it too/, String(port));
      }
    });
  }
});

type ComposeFile = { services: Record<string, { ports?: string[] }> };

/** Names and published ports in the files that do not come from the blueprint. */
function ownParts(blueprint: Blueprint): { names: string[]; ports: number[] } {
  const files = new Map(synthesize(blueprint, '').map(({ path, content }) => [path, content]));
  const given = blueprint.services.map(({ name }) => name);
  const compose = files.get('compose.yaml');
  const services = compose ? (parse(compose, { merge: true }) as ComposeFile).services : {};
  const others = Object.entries(services).filter(([name]) => !given.includes(name));
  const users = (files.get('security/users.conf') ?? '')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split(' ')[1] ?? '')
    // The name of a principal whose password would be in this variable.
    .map((variable) =>
      variable
        .replace(/_PASSWORD$/, '')
        .toLowerCase()
        .replaceAll('_', '-'),
    );
  return {
    names: [...others.map(([name]) => name), ...users].filter((name) => !given.includes(name)),
    ports: others
      .flatMap(([, { ports = [] }]) => ports)
      .map((published) => Number(published.split(':').at(-2))),
  };
}

/** `line:column` of the first match, from 1. */
function position(text: string, pattern: RegExp): string {
  const offset = text.search(pattern);
  assert.ok(offset >= 0, `${pattern} is not in the edited file:\n${text}`);
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
}
