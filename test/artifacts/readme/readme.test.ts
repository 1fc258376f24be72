import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import prettier from 'prettier';
import { parse } from 'yaml';
import type { Artifact } from '../../../src/artifacts/artifact.ts';
import { drillLines } from '../../../src/artifacts/readme/drills.ts';
import { sampleEvents } from '../../../src/artifacts/readme/sample-events.ts';
import { passwords } from '../../../src/artifacts/security/index.ts';
import type { Blueprint } from '../../../src/blueprint/schema.ts';
import { blueprintText } from '../../../src/blueprint/write.ts';
import { drills } from '../../../src/drills/index.ts';
import { nodeFlags } from '../../../src/engine/native/nodes.ts';
import { buildPlatform } from '../../../src/model/build.ts';
import type { Platform } from '../../../src/model/platform.ts';
import { synthesize } from '../../../src/synthesis.ts';
import { type Page, page } from './markdown-page.ts';
import { parseDiagram } from './mermaid.ts';
import { type Combination, combinations } from './platforms.ts';

type Project = {
  readonly name: string;
  readonly platform: Platform;
  readonly files: ReadonlyMap<string, Artifact>;
  readonly text: string;
  readonly page: Page;
};

function project(name: string, blueprint: Blueprint): Project {
  const platform = buildPlatform(blueprint);
  const files = new Map(
    synthesize(blueprint, blueprintText(blueprint)).map((file) => [file.path, file]),
  );
  const text = files.get(platform.readme)?.content ?? '';
  return { name, platform, files, text, page: page(text) };
}

const projects = combinations.map(({ name, blueprint }) => project(name, blueprint));

/** Which of the projects something is wrong with, and what. */
const wrong = (check: (project: Project) => readonly string[]): string[] =>
  projects.flatMap((each) => check(each).map((what) => `${each.name}: ${what}`));

const some = (
  like: Partial<Record<'tier' | 'deployment' | 'security' | 'monitoring', unknown>>,
) => {
  const found = projects.find(({ platform }) =>
    Object.entries(like).every(([key, value]) => platform[key as 'tier'] === value),
  );
  assert.ok(found);
  return found;
};

describe('the README of every project', () => {
  test('exists, and its links lead to files of the project', () => {
    assert.equal(projects.length, 480);
    assert.deepEqual(
      wrong(({ files, page: { links } }) =>
        links
          .filter((link) => !link.startsWith('#') && !link.startsWith('https://'))
          .filter((link) =>
            link.endsWith('/')
              ? ![...files.keys()].some((path) => path.startsWith(link))
              : !files.has(link),
          ),
      ),
      [],
    );
  });

  test('names no path of the project that is not there', () => {
    const folders =
      /(?:security|topics|kafka|clients|monitoring|bare-metal|app|compose)\/[\w./-]*[\w/]/g;
    // Made at run time, and said to be so.
    const made = /^(security\/secrets(\/.*)?|security\/secrets)\/?$/;
    assert.deepEqual(
      wrong(({ files, text }) =>
        [...text.matchAll(folders)]
          .filter(({ index }) => !/[\w/.-]/.test(text[index - 1] ?? ''))
          .map(([path]) => path)
          .filter((path) => !made.test(path))
          .filter(
            (path) =>
              ![...files.keys()].some(
                (file) => file === path || file.startsWith(`${path.replace(/\/$/, '')}/`),
              ),
          ),
      ),
      [],
    );
  });

  test('has a heading for every link within it and for every alert, each once', () => {
    assert.deepEqual(
      wrong(({ files, text, page: { anchors, links } }) => {
        const alerts = parse(files.get('monitoring/alerts.yml')?.content ?? 'groups: []') as {
          groups: { rules: { annotations: { runbook_url: string } }[] }[];
        };
        const runbooks = alerts.groups
          .flatMap(({ rules }) => rules)
          .map(({ annotations }) => annotations.runbook_url)
          .map((url) => url.replace('README.md#', ''));
        const wanted = [
          ...links.filter((link) => link.startsWith('#')).map((link) => link.slice(1)),
          ...runbooks,
        ];
        return [
          ...wanted.filter((anchor) => !anchors.includes(anchor)).map((anchor) => `no #${anchor}`),
          ...anchors.filter((anchor) => /-\d+$/.test(anchor) && !text.includes(`broker-`)),
          ...anchors.filter((anchor, index) => anchors.indexOf(anchor) < index),
        ];
      }),
      [],
    );
  });

  test('draws a diagram that Mermaid reads', async () => {
    const diagrams = new Set<string>();
    for (const {
      page: { code },
      name,
    } of projects) {
      const [diagram, ...others] = code.filter(({ lang }) => lang === 'mermaid');
      assert.ok(diagram && others.length === 0, name);
      diagrams.add(diagram.text);
    }
    for (const diagram of diagrams) {
      assert.equal((await parseDiagram(diagram)).diagramType, 'flowchart-v2');
    }
    // It would notice: a label without its quotes is no diagram.
    const [first = ''] = diagrams;
    await assert.rejects(parseDiagram(first.replace('["', '[(')));
  });

  test('is formatted as Prettier would, with prose of at most 96 columns', async () => {
    // Sections repeat from project to project: each wording once.
    const sections = new Set(projects.flatMap((each) => [...each.page.sections.values()]));
    const text = `${[...sections].map((section) => section.trimEnd()).join('\n\n')}\n`;
    assert.equal(await prettier.format(text, { parser: 'markdown' }), text);
    assert.deepEqual(
      text
        .replaceAll(/```[\s\S]*?```/g, '')
        .split('\n')
        .filter((line) => line.length > 96 && !/^\||`[^`]{60,}`/.test(line)),
      [],
    );
  });

  test('fills a screen per section at most', () => {
    assert.deepEqual(
      wrong(({ page: { sections } }) =>
        [...sections]
          .filter(([, text]) => text.trimEnd().split('\n').length > 60)
          .map(([heading]) => `${heading} is longer than 60 lines`),
      ),
      [],
    );
  });

  test('speaks of what was chosen only', () => {
    const words = (deny: boolean, ...patterns: RegExp[]) => (deny ? patterns : []);
    assert.deepEqual(
      wrong(({ platform, text }) =>
        [
          ...words(
            platform.security === 'none',
            /Who may do what/,
            /certs\.sh/,
            /SCRAM/,
            /ca\.pem/,
            /_PASSWORD\b(?<!GRAFANA_ADMIN_PASSWORD|GF_SECURITY_ADMIN_PASSWORD)/,
            /--command-config \$/,
            /intruders/,
          ),
          ...words(passwords(platform).length === 0, /secrets\.sh/, /\.env/),
          ...words(platform.monitoring === 'none', /Prometheus(?!'s text)/, /Grafana/, /9404/),
          ...words(platform.monitoring !== 'grafana', /Grafana/, /grafana/),
          ...words(
            platform.deployment !== 'compose',
            /[Cc]ompose/,
            /(?<!listener )[Cc]ontainer/,
            /29092/,
          ),
          ...words(platform.deployment !== 'bare-metal', /systemd/, /\bssh\b/),
          ...words(platform.application.language !== 'python', /python/i, /\bpip\b/, /fastapi/),
          ...words(platform.application.language !== 'node', /npm/, /Node\.js/, /fastify/),
          ...words(platform.application.language !== 'java', /Spring/, /pom\.xml/),
          ...words(platform.tier === 1, /broker-loss/, /broker-2/, /cluster\.brokers/),
          /undefined|NaN|\[object/,
        ]
          .filter((pattern) => pattern.test(text))
          .map((pattern) => `says ${text.match(pattern)?.[0]} (${pattern})`),
      ),
      [],
    );
  });

  test('has numbers and names of the model', () => {
    assert.deepEqual(
      wrong(({ platform, text }) => {
        const [cluster] = platform.clusters;
        const told = [
          ...cluster.topics.flatMap(({ name, partitions, partitionReason, replicationFactor }) => [
            partitionReason,
            `${partitions} partition${partitions === 1 ? '' : 's'}`,
            ...(replicationFactor > 1 ? [`${replicationFactor} copies`] : []),
            name,
          ]),
          ...cluster.principals.map(({ name }) => `\`${name}\``),
          ...platform.application.services.flatMap(({ name, port }) => [name, String(port)]),
          ...passwords(platform).map(({ variable }) => variable),
        ];
        const flat = text.replaceAll(/\s+/g, ' ');
        return told.filter((fact) => !flat.includes(fact)).map((fact) => `does not say ${fact}`);
      }),
      [],
    );
  });
});

describe('what the README claims', () => {
  test('krafter up gives nodes is what it gives, where that is not what krafter.yaml says', () => {
    assert.deepEqual(
      wrong(({ platform, text }) => {
        const [node] = platform.clusters[0].nodes;
        const given = nodeFlags(node).find((flag) => flag.startsWith('-Xmx')) ?? '';
        const told = /Here each node has (\d+) MB of Java heap at most/.exec(text)?.[1];
        const capped = given === `-Xmx${node.heapMegabytes}m` ? '' : given;
        return capped === (told ? `-Xmx${told}m` : '') ? [] : [`${given}, not ${told}`];
      }),
      [],
    );
    assert.match(some({ tier: 2 }).text, /Here each node has/);
  });

  test('drills are those that krafter verify has, for the platforms that they apply to', () => {
    assert.deepEqual(
      drillLines.map(({ id }) => id),
      drills.map(({ id }) => id),
    );
    for (const { platform, name } of projects) {
      assert.deepEqual(
        drillLines.filter(({ appliesTo }) => appliesTo(platform)).map(({ id }) => id),
        drills.filter(({ notFor }) => notFor(platform) === undefined).map(({ id }) => id),
        name,
      );
    }
  });

  test('addresses on this machine are those that Compose publishes, and no other is', () => {
    for (const {
      files,
      page: { sections },
      name,
    } of projects) {
      const compose = files.get('compose.yaml');
      if (!compose) continue;
      const { services } = parse(compose.content, { merge: true }) as {
        services: Record<string, { ports?: string[] }>;
      };
      const published = Object.values(services)
        .flatMap(({ ports }) => ports ?? [])
        .map((port) => port.split(':').at(-2));
      const addresses = sections.get('Ports and addresses') ?? '';
      const told = [...addresses.matchAll(/`localhost:(\d+)`(?: … `localhost:(\d+)`)?/g)].flatMap(
        ([, first, last = first]) =>
          Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) =>
            String(Number(first) + index),
          ),
      );
      assert.deepEqual(told.toSorted(), published.toSorted(), name);
    }
  });

  test('Compose services in commands exist', () => {
    for (const { files, text } of projects) {
      const compose = files.get('compose.yaml');
      if (!compose) continue;
      const { services } = parse(compose.content, { merge: true }) as { services: object };
      const named = [
        ...text.matchAll(
          /docker compose (?:run --rm (?:--entrypoint bash )?|restart |up -d |logs -f )([\w-]+)/g,
        ),
      ]
        .map(([, service = '']) => service)
        // A word in capitals stands for any of them.
        .filter((service) => !/^[A-Z]+$/.test(service));
      assert.ok(named.length > 2);
      assert.deepEqual(
        named.filter((service) => !(service in services)),
        [],
      );
    }
  });

  test('the sample event can be pasted into a shell as it stands', () => {
    for (const {
      platform,
      page: { code },
    } of projects) {
      const command = code.find(({ text }) => text.startsWith('curl -i'))?.text ?? '';
      const [, body = ''] = command.match(/<<'EOF'\n([\s\S]*)\nEOF$/) ?? [];
      assert.deepEqual(JSON.parse(body), sampleEvents[platform.useCase.id].event);
    }
  });
});

describe('a README of a project that somebody changed', () => {
  const [{ blueprint }] = combinations.filter(({ name }) =>
    name.startsWith('tier 2, bare-metal, security scram, monitoring grafana'),
  ) as [Combination];

  test('takes words of a person as words, in tables, lists and the diagram', async () => {
    const [first, ...others] = blueprint.topics;
    const {
      text,
      page: { code, anchors },
    } = project('words', {
      ...blueprint,
      topics: [
        {
          ...(first as Blueprint['topics'][number]),
          contents: '# not a heading\n\n| not | a row |\n``` <script> *x* [y](z.md)',
          key: 'a|b`c',
          keyReason: '1. not\n2. a list',
        },
        ...others,
      ],
    });
    assert.ok(!anchors.includes('not-a-heading'));
    assert.equal(page(text).links.filter((link) => link === 'z.md').length, 0);
    assert.ok(text.includes("`a\\|b'c`"));
    await parseDiagram(code.find(({ lang }) => lang === 'mermaid')?.text ?? '');
  });

  test('draws thirty brokers and names all their machines', async () => {
    const hosts = Array.from({ length: 30 }, (_, index) => `k${index + 1}.example.org`);
    const {
      text,
      page: { code },
    } = project('thirty', {
      ...blueprint,
      cluster: { ...blueprint.cluster, brokers: 30, hosts },
    });
    await parseDiagram(code.find(({ lang }) => lang === 'mermaid')?.text ?? '');
    assert.deepEqual(
      hosts.filter((host) => !text.includes(host)),
      [],
    );
    assert.ok(text.includes('30 brokers of Kafka'));
  });

  test('is KAFKA.md where the folder had a README.md of its own', () => {
    const { files } = project('beside', { ...blueprint, readme: 'KAFKA.md' });
    assert.ok(files.get('KAFKA.md')?.content.includes('# shop'));
    assert.ok(!files.has('README.md'));
    const alerts = files.get('monitoring/alerts.yml')?.content ?? '';
    assert.match(alerts, /runbook_url: KAFKA\.md#/);
    assert.doesNotMatch(alerts, /README\.md#/);
  });
});

test('a project for development has a page that is little more than half as long', () => {
  const lines = ({ text }: Project) => text.split('\n').length;
  const small = some({ tier: 1, security: 'none', monitoring: 'none', deployment: 'compose' });
  const large = some({ tier: 2, security: 'scram', monitoring: 'grafana', deployment: 'compose' });
  assert.ok(lines(small) < 0.55 * lines(large), `${lines(small)} of ${lines(large)} lines`);
});
