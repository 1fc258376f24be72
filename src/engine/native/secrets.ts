import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { execa } from 'execa';
import {
  certsScript,
  passwords,
  secretsFolder,
  secretsScript,
} from '../../artifacts/security/index.ts';
import { obstacle } from '../../errors.ts';
import { isSecured, type Platform } from '../../model/platform.ts';

/** Runs the project's own scripts that make what is missing, then reads `.env`. */
export async function readySecrets(
  project: string,
  platform: Platform,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  if (passwords(platform).length === 0) return {};
  await runScript(project, secretsScript, signal);
  if (isSecured(platform)) {
    await runScript(project, certsScript, signal);
    requireValid(project, 'ca-signing', 'security/certs.sh rotate-ca');
    for (const { name } of platform.clusters[0].nodes)
      requireValid(project, name, `security/certs.sh renew ${name}`);
  }
  return readEnv(project);
}

export function readEnv(project: string): Record<string, string> {
  const file = join(project, '.env');
  return existsSync(file) ? (parseEnv(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}

async function runScript(project: string, script: string, signal: AbortSignal): Promise<void> {
  const result = await execa('bash', [join(project, script)], {
    reject: false,
    all: true,
    cancelSignal: signal,
    timeout: 120_000,
  });
  signal.throwIfAborted();
  if (result.exitCode === 0) return;
  throw obstacle({
    what: `${script} failed.`,
    where: join(project, script),
    why: (result.all ?? result.shortMessage ?? '').split('\n').slice(-3).join('\n'),
    next: `Run it yourself to see more: ${script}`,
  });
}

/** An expired certificate is told before the handshake fails without a name. */
function requireValid(project: string, name: string, renew: string): void {
  const file = join(project, secretsFolder, `${name}.pem`);
  const { validFromDate, validToDate } = readCertificate(file, renew);
  const now = Date.now();
  const day = (date: Date) => date.toISOString().slice(0, 10);
  if (validToDate.getTime() < now) {
    throw obstacle({
      what: `The certificate of ${name} expired on ${day(validToDate)}.`,
      where: file,
      why: 'Brokers and clients refuse the TLS handshake.',
      next: renew,
    });
  }
  if (validFromDate.getTime() > now + 60_000) {
    throw obstacle({
      what: `The certificate of ${name} is valid only from ${validFromDate.toISOString()}; it is ${new Date(now).toISOString()} here.`,
      where: file,
      why: 'Either this clock or the one that signed it is wrong; TLS refuses it until then.',
      next: `Set the clock (timedatectl), or make it anew: ${renew}`,
    });
  }
}

function readCertificate(file: string, renew: string): X509Certificate {
  try {
    return new X509Certificate(readFileSync(file));
  } catch (error) {
    throw obstacle(
      { what: 'There is no certificate that can be read.', where: file, next: renew },
      error,
    );
  }
}
