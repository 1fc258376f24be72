import { deployedPlacement } from '../../model/placement.ts';
import type { Platform } from '../../model/platform.ts';
import { type Artifact, managed } from '../artifact.ts';
import { platformFile } from '../templates.ts';
import { applicationEnvironment, applicationUnit, unitName } from './application.ts';
import { guide } from './guide.ts';
import { jvmEnvironment, kafkaUnit, nodeClientProperties } from './kafka-node.ts';
import { packagesFolder, platformConf, platformConfPath, sysctlConf } from './machine-files.ts';

const scripts = ['install.sh', 'install-app.sh', 'deploy.sh', 'lib.sh'] as const;

/** Units, settings and scripts for machines of one's own, under systemd. */
export function bareMetalArtifacts(platform: Platform): Artifact[] {
  if (platform.deployment !== 'bare-metal') return [];
  const file = (path: string, content: string) => managed(`bare-metal/${path}`, content);
  return [
    file('README.md', guide(platform)),
    managed(platformConfPath, platformConf(platform)),
    file('kafka.service', kafkaUnit(platform)),
    file('client.properties', nodeClientProperties(platform)),
    file('sysctl.conf', sysctlConf()),
    ...deployedPlacement(platform).map((place) =>
      file(`${place.node.name}/jvm.env`, jvmEnvironment(platform, place)),
    ),
    ...platform.application.services.flatMap((service) => [
      file(`${unitName(platform, service)}.service`, applicationUnit(platform, service)),
      file(`${service.name}.env`, applicationEnvironment(platform, service)),
    ]),
    managed(`${packagesFolder}/.gitignore`, '*\n!.gitignore\n'),
    ...scripts.map((script) => platformFile(`bare-metal/${script}`)),
  ];
}
