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
    for (const node of platform.clusters[0].nodes) requireValid(project, node.name);
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
function requireValid(project: string, node: string): void {
  const file = join(project, secretsFolder, `${node}.pem`);
  const certificate = new X509Certificate(readFileSync(file));
  const now = Date.now();
  const renew = `security/certs.sh renew ${node}`;
  if (certificate.validToDate.getTime() < now) {
    throw obstacle({
      what: `The certificate of ${node} expired on ${certificate.validToDate.toISOString().slice(0, 10)}.`,
      where: file,
      why: 'Brokers and clients refuse the TLS handshake.',
      next: renew,
    });
  }
  if (certificate.validFromDate.getTime() > now + 60_000) {
    throw obstacle({
      what: `The certificate of ${node} is valid only from ${certificate.validFromDate.toISOString()}; it is ${new Date(now).toISOString()} here.`,
      where: file,
      why: 'Either this clock or the one that signed it is wrong; TLS refuses it until then.',
      next: `Set the clock (timedatectl), or make it anew: ${renew}`,
    });
  }
}
