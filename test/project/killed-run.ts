// Run as a process of its own: synthesizes a project, and is killed before its nth change of the disk.
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Artifact, managed } from '../../src/artifacts/artifact.ts';
import type { Step } from '../../src/project/disk.ts';
import { applyPlan, planWrite } from '../../src/project/index.ts';

export const before: Artifact[] = [
  managed('README.md', '# Orders\n\nold\n\nend\n'),
  managed('kafka/broker-1.properties', 'node.id=1\nport=9092\n'),
  managed('kafka/old/broker-2.properties', 'node.id=2\n'),
  managed('conflicting.sh', 'echo old\n', 0o755),
  managed('place', 'a file that becomes a folder\n'),
];

export const after: Artifact[] = [
  managed('README.md', '# Orders\n\nold\n\nnew end\n'),
  managed('kafka/broker-1.properties', 'node.id=1\nport=9094\n'),
  managed('conflicting.sh', 'echo new\n', 0o755),
  managed('place/inside', 'folder\n'),
  managed('deep/er/new.yaml', 'a: 1\n'),
  { path: 'secrets/admin', content: 'secret\n', mode: 0o600, ownership: 'secret' },
];

export const krafter = '0.1.0';

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , folder = '', killAt] = process.argv;
  let count = 0;
  const step: Step = (what, path) => {
    if (count++ !== Number(killAt)) return;
    // Death in the middle of a write leaves a part of it.
    if (what === 'write') writeFileSync(path, 'par');
    process.kill(process.pid, 'SIGKILL');
  };
  await applyPlan(await planWrite(folder, after, { krafter }), { step });
}
