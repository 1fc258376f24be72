import { clientAddresses } from '../../model/placement.ts';
import { isSecured, type Platform, type Service } from '../../model/platform.ts';
import { serviceEnvironment } from '../apps/environment.ts';
import { kitOf, runtimeOf } from '../apps/index.ts';
import { hardening } from './hardening.ts';
import { environmentFile, type UnitSection, unitFile } from './unit-file.ts';

/** Of a service's unit, its state and its files on the machine. */
export const unitName = (platform: Platform, service: Service): string =>
  `${platform.name}-${service.name}`;

const configDirectory = (platform: Platform): string => `/etc/${platform.name}`;
const applicationDirectory = (platform: Platform): string => `/opt/${platform.name}/app`;

const interpreterSettings = (platform: Platform): UnitSection['directives'] =>
  kitOf(platform).runtime === 'python'
    ? [
        { key: 'Environment', value: `PYTHONPATH=${applicationDirectory(platform)}/src` },
        {
          key: 'Environment',
          value: 'PYTHONUNBUFFERED=1',
          why: 'Each line of the log as it is written.',
        },
      ]
    : [];

function command(platform: Platform, service: Service): string {
  const kit = kitOf(platform);
  const words = runtimeOf(platform).onMachine(applicationDirectory(platform), platform.name);
  return [...words, ...kit.commands[service.role]].join(' ');
}

export function applicationUnit(platform: Platform, service: Service): string {
  const name = unitName(platform, service);
  return unitFile(`${service.name}, the ${service.role} of ${platform.name}, as ${name}.service.`, [
    {
      name: 'Unit',
      directives: [
        { key: 'Description', value: `${service.name}, ${service.role} of ${platform.name}` },
        { key: 'Wants', value: 'network-online.target' },
        { key: 'After', value: 'network-online.target' },
      ],
    },
    {
      name: 'Service',
      directives: [
        { key: 'Type', value: 'exec' },
        {
          key: 'DynamicUser',
          value: 'yes',
          why: 'A user of its own, made by systemd; nothing else on the machine belongs to it.',
        },
        {
          key: 'WorkingDirectory',
          value: applicationDirectory(platform),
        },
        ...interpreterSettings(platform),
        { key: 'EnvironmentFile', value: `${configDirectory(platform)}/${service.name}.env` },
        ...(isSecured(platform)
          ? [
              {
                key: 'EnvironmentFile',
                value: `${configDirectory(platform)}/${service.name}.secrets.env`,
                why: 'Its password; read by systemd as root, by nobody else.',
              },
            ]
          : []),
        { key: 'ExecStart', value: command(platform, service) },
        { key: 'Restart', value: 'on-failure' },
        { key: 'RestartSec', value: '5' },
        {
          key: 'RestartPreventExitStatus',
          value: '2',
          why: 'A setting is missing or wrong; trying again does not mend it.',
        },
        {
          key: 'TimeoutStopSec',
          value: '30',
          why: 'It drains for SHUTDOWN_TIMEOUT_MS (10 s) at most.',
        },
        { key: 'LimitNOFILE', value: '65536' },
        { key: 'MemoryMax', value: '1G', why: 'A leak ends here, not with the machine.' },
        {
          key: 'StateDirectory',
          value: name,
          why: `/var/lib/${name} is all that it can write.`,
        },
        { key: 'StateDirectoryMode', value: '0750' },
        ...hardening,
      ],
    },
    { name: 'Install', directives: [{ key: 'WantedBy', value: 'multi-user.target' }] },
  ]);
}

export function applicationEnvironment(platform: Platform, service: Service): string {
  const environment = serviceEnvironment(platform, service, {
    bootstrapServers: clientAddresses(platform),
    caFile: `${configDirectory(platform)}/ca.pem`,
    httpHost: '127.0.0.1',
    httpPort: service.port,
    databaseUrl: `sqlite:////var/lib/${unitName(platform, service)}/store.db`,
  });
  return environmentFile(
    `Settings of ${service.name}, without its password.`,
    Object.entries(environment).map(([key, value]) => ({
      key,
      value,
      ...(reasons[key] ? { why: reasons[key] } : {}),
    })),
  );
}

const reasons: Readonly<Record<string, string>> = {
  HTTP_HOST:
    'It asks no caller who they are: this machine only. Put a proxy with TLS and a login in\nfront of it, or open it to a network that you trust.',
  DATABASE_URL: 'SQLite is for one instance; several share a postgresql:// database.',
};
