import { randomBytes } from 'node:crypto';
import { grafanaAdmin } from '../../catalog/own-parts.ts';
import { isSecured, type Platform, passwordVariable, scramUsers } from '../../model/platform.ts';
import { type Artifact, managed } from '../artifact.ts';
import { header } from '../header.ts';
import { platformFile } from '../templates.ts';

export const usersPath = 'security/users.conf';
export const certsScript = 'security/certs.sh';
export const secretsScript = 'security/secrets.sh';
/** Where certs.sh leaves what it makes; ignored by git. */
export const secretsFolder = 'security/secrets';

/** A password that is made at first run, with the variable of `.env` that holds it. */
export type Password = { readonly user: string; readonly variable: string; readonly use: string };

/** Everything in `.env`; empty when the platform has no secrets. */
export function passwords(platform: Platform): readonly Password[] {
  const [cluster] = platform.clusters;
  const scram = scramUsers(cluster).map(({ name, variable }) => ({
    user: name,
    variable,
    use: 'SCRAM-SHA-512',
  }));
  const grafana =
    platform.monitoring === 'grafana'
      ? [{ user: 'admin', variable: passwordVariable(grafanaAdmin), use: 'grafana' }]
      : [];
  return [...scram, ...grafana];
}

export function securityArtifacts(platform: Platform): Artifact[] {
  const secrets = passwords(platform);
  return [
    ...(secrets.length > 0
      ? [
          managed(
            usersPath,
            `${header('Users with a password: name, variable in .env, where it is used.')}\n${secrets.map(({ user, variable, use }) => `${user} ${variable} ${use}`).join('\n')}\n`,
          ),
          platformFile(secretsScript),
        ]
      : []),
    ...(isSecured(platform) ? [platformFile(certsScript)] : []),
  ];
}

/** `.env` with passwords that nobody has seen; written once, and never kept anywhere else. */
export function environmentFile(platform: Platform): Artifact[] {
  const secrets = passwords(platform);
  if (secrets.length === 0) return [];
  const lines = secrets.map(({ variable }) => `${variable}=${randomBytes(24).toString('hex')}`);
  return [
    {
      path: '.env',
      content: `# Secrets of this platform. Never commit this file.\n${lines.join('\n')}\n`,
      mode: 0o600,
      ownership: 'secret',
    },
  ];
}
