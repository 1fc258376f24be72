import { draftBlueprint } from '../../../src/blueprint/draft.ts';
import type { Deployment, Monitoring, Security, Tier } from '../../../src/catalog/choices.ts';
import { buildPlatform } from '../../../src/model/build.ts';
import type { Platform } from '../../../src/model/platform.ts';

type Choice = {
  readonly tier?: Tier;
  readonly security?: Security;
  readonly deploy?: Deployment;
  readonly monitoring?: Monitoring;
  readonly disk?: string;
};

/** A platform with monitoring, made of the answers that matter to it. */
export function monitoredPlatform({
  tier = 1,
  security = 'none',
  deploy = 'compose',
  monitoring = 'grafana',
  disk,
}: Choice): Platform {
  const blueprint = draftBlueprint({
    name: 'shop',
    tier,
    useCase: 'microservices',
    language: 'python',
    client: 'confluent-kafka',
    deploy,
    security,
    monitoring,
    registry: 'none',
  });
  if (disk) blueprint.cluster.disk = disk;
  return buildPlatform(blueprint);
}
