import type { Platform } from '../model/platform.ts';
import { applicationArtifacts } from './apps/index.ts';
import type { Artifact } from './artifact.ts';
import { bareMetalArtifacts } from './bare-metal/index.ts';
import { brokerArtifacts } from './broker/index.ts';
import { clientArtifacts } from './clients/index.ts';
import { composeArtifacts } from './compose/index.ts';
import { monitoringArtifacts } from './monitoring/index.ts';
import { readmeArtifacts } from './readme/index.ts';
import { securityArtifacts } from './security/index.ts';
import { topicArtifacts } from './topics/index.ts';

/** One family of files: what it makes of a platform, nothing where it has no part. */
type ArtifactFamily = (platform: Platform) => Artifact[];

/** Every family, once. A new one is a folder beside these and a line here. */
const families: readonly ArtifactFamily[] = [
  brokerArtifacts,
  securityArtifacts,
  topicArtifacts,
  clientArtifacts,
  applicationArtifacts,
  composeArtifacts,
  bareMetalArtifacts,
  monitoringArtifacts,
  readmeArtifacts,
];

export const projectArtifacts = (platform: Platform): Artifact[] =>
  families.flatMap((family) => family(platform));
