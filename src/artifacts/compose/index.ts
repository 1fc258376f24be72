import { isSecured, type Platform } from '../../model/platform.ts';
import { type Artifact, managed } from '../artifact.ts';
import { header } from '../header.ts';
import { platformFile } from '../templates.ts';
import { applicationServices, applicationSettings, replayService } from './applications.ts';
import { monitoringServices } from './monitoring.ts';
import { isProduction, scripts, temporaryFolder } from './mounts.ts';
import { nodeServices, nodeSettings } from './nodes.ts';
import { certsService, exporterService, topicsService } from './one-shots.ts';
import { because, composeText, type Mapping } from './yaml.ts';

export const composePath = 'compose.yaml';

/** Everything in containers; nothing unless that is how the platform is deployed. */
export function composeArtifacts(platform: Platform): Artifact[] {
  if (platform.deployment !== 'compose') return [];
  return [
    managed(composePath, composeText(`${header(title(platform))}\n`, composeFile(platform))),
    platformFile(scripts.healthy),
    ...(isSecured(platform) ? [platformFile(scripts.certs)] : []),
    ...(platform.monitoring === 'none' ? [] : [platformFile(scripts.exporter)]),
  ];
}

const title = ({ name }: Platform): string =>
  `The platform ${name} in containers. Start: docker compose up --wait`;

function composeFile(platform: Platform): Mapping {
  const services: Mapping = {
    ...certsService(platform),
    ...exporterService(platform),
    ...nodeServices(platform),
    ...topicsService(platform),
    ...applicationServices(platform),
    ...replayService(platform),
    ...monitoringServices(platform),
  };
  return {
    name: platform.name,
    ...(isProduction(platform) ? { 'x-hardened': hardened } : {}),
    ...(platform.clusters[0].nodes.length > 1 ? { 'x-node': nodeSettings(platform) } : {}),
    'x-application': applicationSettings(platform),
    services,
    volumes: Object.fromEntries(namedVolumes(services).map((volume) => [volume, null])),
  };
}

/** For a process that needs nothing of the machine but its ports and volumes. */
const hardened: Mapping = {
  read_only: true,
  tmpfs: because('exec: codecs such as zstd unpack their native part there.', [temporaryFolder]),
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  logging: because('Compressed, and 100 MB at most.', { driver: 'local' }),
};

/** Those that services mount: what is not a path of the project or of the machine. */
function namedVolumes(services: Mapping): string[] {
  const mounted = Object.values(services).flatMap(
    (service) => (service as { volumes?: readonly string[] }).volumes ?? [],
  );
  const sources = mounted.map((mount) => mount.slice(0, mount.indexOf(':')));
  return [...new Set(sources.filter((source) => !source.startsWith('.')))].sort();
}
