import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execa } from 'execa';

const forwardingFile = '/proc/sys/net/ipv4/ip_forward';

type Saved = { readonly rules: string; readonly links: string[]; readonly forwarding: string };

/** Writes down the network of this machine, unless a run that was killed did so before. */
export async function saveNetwork(file: string): Promise<void> {
  if (existsSync(file)) return;
  const saved: Saved = {
    rules: (await execa('iptables-save')).stdout,
    links: await bridges(),
    forwarding: readFileSync(forwardingFile, 'utf8').trim(),
  };
  writeFileSync(file, JSON.stringify(saved));
}

/** Takes back what dockerd did to it. */
export async function restoreNetwork(file: string): Promise<void> {
  const saved: Saved = JSON.parse(readFileSync(file, 'utf8'));
  const before = tables(saved.rules);
  const now = tables((await execa('iptables-save')).stdout);
  const rules = [...now.keys()].map((name) => before.get(name) ?? emptied(now.get(name) ?? ''));
  await execa('iptables-restore', { input: rules.join('') });
  for (const link of await bridges()) {
    if (!saved.links.includes(link)) await execa('ip', ['link', 'delete', link]);
  }
  writeFileSync(forwardingFile, saved.forwarding);
  rmSync(file);
}

/** The parts of iptables-save's output, by the name of the table. */
const tables = (rules: string): ReadonlyMap<string, string> =>
  new Map(
    [...rules.matchAll(/^\*(\w+)\n[\s\S]*?^COMMIT$/gm)].map(([text, name = '']) => [
      name,
      `${text}\n`,
    ]),
  );

/** A table with nothing but its own chains, which let everything pass. */
const emptied = (table: string): string =>
  table
    .split('\n')
    .filter((line) => /^(\*|COMMIT|:\w+ (ACCEPT|DROP))/.test(line))
    .map((line) => `${line.replace(/^(:\w+) DROP/, '$1 ACCEPT')}\n`)
    .join('');

async function bridges(): Promise<string[]> {
  const { stdout } = await execa('ip', ['-brief', 'link', 'show', 'type', 'bridge']);
  return stdout.split('\n').flatMap((line) => line.split(/\s/)[0] || []);
}
