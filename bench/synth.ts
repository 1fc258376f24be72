// How long `synth` takes to find that nothing changed, against a loop that only reads and digests.
import { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Artifact, managed } from '../src/artifacts/artifact.ts';
import { applyPlan, lockFile, planReport, planWrite } from '../src/project/index.ts';

const count = 5_000;
const rounds = 7;

const properties = (index: number) =>
  `# Topic settings of service ${index}, written by krafter\n${Array.from(
    { length: 40 },
    (_, key) => `service-${index}.topic-${key}.min.insync.replicas=${(index * key) % 7}`,
  ).join('\n')}\n`;

const artifacts: Artifact[] = Array.from({ length: count }, (_, index) =>
  managed(`services/group-${index % 50}/service-${index}.properties`, properties(index)),
);

const parent = mkdtempSync(join(tmpdir(), 'krafter-bench-'));
const folder = join(parent, 'project');
try {
  const seconds = async (work: () => unknown) => {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1000;
  };
  const synth = async () => {
    const plan = await planWrite(folder, artifacts, { krafter: '0.1.0' });
    await applyPlan(plan);
    return planReport(plan).totals;
  };
  const bare = () => {
    for (const { path } of artifacts) hash('sha256', readFileSync(join(folder, path)));
  };
  const first = await seconds(synth);
  const { unchanged } = await synth();
  if (unchanged !== count) throw new Error(`${unchanged} of ${count} files unchanged`);

  const best = async (work: () => unknown) => {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push(await seconds(work));
    return Math.min(...times);
  };
  const [unchangedSeconds, bareSeconds] = [await best(synth), await best(bare)];
  console.log(
    JSON.stringify({
      files: count,
      lockBytes: statSync(join(folder, lockFile)).size,
      newSeconds: Number(first.toFixed(3)),
      unchangedSeconds: Number(unchangedSeconds.toFixed(3)),
      bareSeconds: Number(bareSeconds.toFixed(3)),
      ratio: Number((unchangedSeconds / bareSeconds).toFixed(2)),
    }),
  );
} finally {
  rmSync(parent, { recursive: true, force: true });
}
