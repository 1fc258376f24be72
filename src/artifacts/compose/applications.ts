import { oneShots } from '../../catalog/own-parts.ts';
import { clientAddresses } from '../../model/placement.ts';
import { isSecured, type Platform, replayUser, type Service } from '../../model/platform.ts';
import { replayEnvironment, serviceEnvironment, servicePassword } from '../apps/environment.ts';
import { applicationFolder, kitOf, runtimeOf } from '../apps/index.ts';
import {
  afterSuccess,
  caFile,
  caMount,
  isProduction,
  memoryLimit,
  published,
  secret,
  volumes,
} from './mounts.ts';
import { because, type Mapping, shared } from './yaml.ts';

/** The folder that the image of every kit keeps for what is written. */
const dataDirectory = '/app/data';

/** What both services have in common. */
export function applicationSettings(platform: Platform): Mapping {
  const production = isProduction(platform);
  return {
    ...(production ? shared('hardened') : {}),
    image: `${platform.name}-app`,
    build: `./${applicationFolder}`,
    pull_policy: because('The sources beside this file are what runs.', 'build'),
    depends_on: afterSuccess(oneShots.topics),
    stop_grace_period: because('Longer than SHUTDOWN_TIMEOUT_MS, which is 10 s.', '15s'),
    restart: 'unless-stopped',
    ...(production ? { deploy: memoryLimit(512) } : {}),
  };
}

export const applicationServices = (platform: Platform): Mapping =>
  Object.fromEntries(
    platform.application.services.map((service) => [
      service.name,
      { ...shared('application'), ...ownSettings(platform, service) },
    ]),
  );

/** A tool, which nothing starts but a person: docker compose run --rm replay. */
export function replayService(platform: Platform): Mapping {
  const kit = kitOf(platform);
  const [, consumer] = platform.application.services;
  const password = servicePassword(platform, { name: replayUser(consumer) });
  return {
    [oneShots.replay]: {
      ...shared('application'),
      profiles: ['tools'],
      restart: 'no',
      entrypoint: [...runtimeOf(platform).inImage(platform.name), ...kit.commands.replay],
      environment: {
        ...replayEnvironment(platform, {
          bootstrapServers: clientAddresses(platform),
          caFile,
        }),
        ...(password ? { KAFKA_SASL_PASSWORD: secret(password) } : {}),
      },
      ...(isSecured(platform) ? { volumes: [caMount] } : {}),
    },
  };
}

function ownSettings(platform: Platform, service: Service): Mapping {
  const kit = kitOf(platform);
  const runtime = runtimeOf(platform);
  const password = servicePassword(platform, service);
  return {
    command: [...runtime.inImage(platform.name), ...kit.commands[service.role]],
    environment: {
      ...serviceEnvironment(platform, service, {
        bootstrapServers: clientAddresses(platform),
        caFile,
        httpHost: '0.0.0.0',
        httpPort: service.port,
        databaseUrl: `sqlite:///${dataDirectory}/store.db`,
      }),
      ...(password ? { KAFKA_SASL_PASSWORD: secret(password) } : {}),
    },
    healthcheck: {
      test: ['CMD', ...runtime.readiness(new URL(`http://127.0.0.1:${service.port}/health/ready`))],
      interval: '10s',
      timeout: '5s',
      start_period: '30s',
      start_interval: '1s',
    },
    ports: [published(service.port)],
    ...mounts(platform, service),
  };
}

function mounts(platform: Platform, service: Service): Mapping {
  const all = [
    ...(isSecured(platform) ? [caMount] : []),
    ...(service.role === 'consumer' ? [`${volumes.data(service.name)}:${dataDirectory}`] : []),
  ];
  return all.length > 0 ? { volumes: all } : {};
}
