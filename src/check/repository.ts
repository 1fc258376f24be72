import { newestRelease } from '../catalog/kafka-keys/releases.ts';
import type { Project, ProjectFile } from '../files/project-file.ts';
import { readLandscape } from '../landscape/read.ts';
import { check } from './check.ts';
import { type Environment, type EnvironmentOf, environmentsOf } from './environment.ts';
import { fingerprintsOf } from './fingerprint.ts';
import { pinnedEnvironment, severityOf, suppressionsOf } from './policy/apply.ts';
import type { Policy } from './policy/load.ts';
import type { Finding, Severity } from './rule.ts';
import { type Suppressed, suppress } from './suppress.ts';

/** A finding, and what it counts for here. */
export type Judged = { readonly finding: Finding; readonly severity: Severity };

/** What is told without being asked for: not what is taste, nor what may well be wrong. */
export const isTold = ({ finding, severity }: Judged): boolean =>
  severity !== 'info' && finding.rule.confidence !== 'low';

/** Each finding of a look, however its lines move. */
export const fingerprintsIn = (
  { findings }: Looked,
  file: (path: string) => ProjectFile | undefined,
): ReadonlyMap<Finding, string> =>
  fingerprintsOf(
    findings.map(({ finding }) => finding),
    file,
  );

/** What a look at files brought. */
export type Looked = {
  /** In order, with what they count for; those that are switched off are not among them. */
  readonly findings: readonly Judged[];
  readonly suppressed: readonly Suppressed[];
  readonly environments: ReadonlyMap<string, Environment>;
  readonly notes: readonly { readonly file: string; readonly says: string }[];
  readonly files: number;
};

/** Reads files, asks all rules, and takes out what somebody silenced or switched off. */
export async function lookAt(
  files: Iterable<ProjectFile>,
  project: Project,
  policy: Policy,
): Promise<Looked> {
  let count = 0;
  const mentioned: ProjectFile[] = [];
  function* counted() {
    for (const file of files) {
      count++;
      if (file.text.includes('krafter:')) mentioned.push(file);
      yield file;
    }
  }
  const release = policy.kafka ?? newestRelease;
  const landscape = await readLandscape(counted(), project, release);
  const guessed = environmentsOf(landscape);
  const environmentOf: EnvironmentOf = (file, line) =>
    pinnedEnvironment(policy, file) ?? guessed(file, line);
  const found = await check(landscape, release, undefined, environmentOf);
  const unread = new Set(landscape.unread.map(({ file }) => file));
  const sifted = suppress(found, mentioned, suppressionsOf(policy), unread);
  const about = new Set([
    ...landscape.configurations.map(({ file }) => file),
    ...landscape.workloads.filter(({ runs }) => runs !== 'other').map(({ at }) => at.file),
    ...landscape.uses.map(({ at }) => at.file),
    ...landscape.topics.map(({ at }) => at.file),
    ...sifted.findings.map(({ at }) => at.file),
  ]);
  return {
    findings: sifted.findings.flatMap((finding) => {
      const severity = severityOf(policy, finding);
      return severity ? [{ finding, severity }] : [];
    }),
    suppressed: sifted.suppressed,
    environments: new Map([...about].sort().map((file) => [file, environmentOf(file)])),
    notes: landscape.unread.map(({ file, says, at }) => ({
      file,
      says: at ? `line ${at.line}: ${says}` : says,
    })),
    files: count,
  };
}
