import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { execa } from 'execa';
import { applicationArtifacts, applicationFolder } from '../../src/artifacts/apps/index.ts';
import { draftBlueprint } from '../../src/blueprint/draft.ts';
import { type ClientId, type UseCaseId, useCaseIds } from '../../src/catalog/choices.ts';
import { buildPlatform } from '../../src/model/build.ts';
import { scratch } from '../support/krafter.ts';
import '../support/low-priority.ts';

/**
 * What is generated is clean by Java's usual tools, and its own tests pass. Maven takes a minute
 * for each, so that only a full run builds every use case.
 */
describe('applications in Java', () => {
  for (const [client, usual] of [
    ['spring-kafka', 'streaming'],
    ['kafka-clients', 'microservices'],
  ] as const) {
    const useCases = process.env.KRAFTER_FULL ? useCaseIds : [usual];
    for (const useCase of useCases) {
      test(`${client}, ${useCase}: javac, Spotless, SpotBugs and its own tests`, async () => {
        const { folder, remove } = scratch();
        try {
          generate(client, useCase, folder);
          await execa('mvn', ['--batch-mode', '--no-transfer-progress', 'verify'], {
            cwd: join(folder, applicationFolder),
            all: true,
            timeout: 900_000,
          });
        } finally {
          remove();
        }
      });
    }
  }
});

/** The application alone: `krafter new` has no Java to choose yet. */
function generate(client: ClientId, useCase: UseCaseId, folder: string): void {
  const blueprint = draftBlueprint({
    name: 'shop',
    tier: 1,
    useCase,
    language: 'java',
    client,
    deploy: 'compose',
    security: 'none',
    monitoring: 'none',
    registry: 'none',
  });
  for (const { path, content, mode } of applicationArtifacts(buildPlatform(blueprint))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode });
  }
}
