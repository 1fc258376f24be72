import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse as parseProperties } from 'dot-properties';
import { parse } from 'yaml';
import { clientArtifacts } from '../../../src/artifacts/clients/index.ts';
import { composeArtifacts } from '../../../src/artifacts/compose/index.ts';
import { draftBlueprint } from '../../../src/blueprint/draft.ts';
import type { Deployment, Security, Tier } from '../../../src/catalog/choices.ts';
import { brokerSettings } from '../../../src/catalog/settings/broker.ts';
import { producerSettings } from '../../../src/catalog/settings/clients.ts';
import { buildPlatform } from '../../../src/model/build.ts';

type Choice = { readonly tier: Tier; readonly deploy: Deployment; readonly security: Security };

const platformOf = ({ tier, deploy, security }: Choice) =>
  buildPlatform(
    draftBlueprint({
      name: 'shop',
      tier,
      useCase: 'microservices',
      language: 'python',
      client: 'confluent-kafka',
      deploy,
      security,
      monitoring: 'none',
      registry: 'none',
    }),
  );

const choices: readonly Choice[] = ([1, 2] as const).flatMap((tier) =>
  (['none', 'scram'] as const).map((security) => ({ tier, deploy: 'compose', security }) as const),
);

/** What a comment offers to write instead. */
const offered = (content: string): string | undefined =>
  /^# bootstrap\.servers=(.*)$/m.exec(content)?.[1];

describe('client examples', () => {
  test('offer the addresses that Compose publishes to programs on its machine', () => {
    for (const choice of choices) {
      const platform = platformOf(choice);
      const compose = composeArtifacts(platform).find(({ path }) => path === 'compose.yaml');
      const { services } = parse(compose?.content ?? '', { merge: true }) as {
        services: Record<string, { ports?: string[] }>;
      };
      const published = platform.clusters[0].nodes
        .flatMap(({ name }) => services[name]?.ports ?? [])
        .map((port) => `localhost:${port.split(':').at(-2)}`);
      for (const { path, content } of clientArtifacts(platform)) {
        assert.equal(offered(content), published.join(','), path);
      }
    }
  });

  test('are all there in the shell for tools, with the CA where they look for it', () => {
    for (const choice of choices) {
      const platform = platformOf(choice);
      const compose = composeArtifacts(platform).find(({ path }) => path === 'compose.yaml');
      const { services } = parse(compose?.content ?? '', { merge: true }) as {
        services: Record<string, { volumes: string[]; working_dir: string }>;
      };
      const { volumes = [], working_dir } = services.topics ?? {};
      const mounted = volumes.map((volume) => volume.split(':').at(1));
      for (const { path, content } of clientArtifacts(platform)) {
        assert.ok(mounted.includes(`${working_dir}/${path.split('/')[0]}`));
        const store = parseProperties(content)['ssl.truststore.location'] as string | undefined;
        assert.equal(store !== undefined, choice.security === 'scram');
        if (store) assert.ok(mounted.includes(`${working_dir}/${store.replace(/\/[^/]*$/, '')}`));
      }
    }
  });

  test('offer nothing else where nodes have names that everybody resolves', () => {
    for (const security of ['none', 'scram'] as const) {
      for (const { path, content } of clientArtifacts(
        platformOf({ tier: 2, deploy: 'bare-metal', security }),
      )) {
        assert.equal(offered(content), undefined, path);
        assert.doesNotMatch(content, /container|localhost/, path);
      }
    }
  });

  test('compress as the topics store it, so that brokers need not do it again', () => {
    const codec = (settings: readonly { key: string; value: unknown }[]) =>
      settings.find(({ key }) => key === 'compression.type')?.value;
    const context = { brokers: 3, replicationFactor: 3, minInsyncReplicas: 2 };
    const brokers = brokerSettings.map(({ key, value }) => ({
      key,
      value: value({ ...context, production: true, partitions: 6 }),
    }));
    assert.equal(codec(producerSettings), codec(brokers));
  });
});
