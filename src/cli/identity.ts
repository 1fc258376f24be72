import type { Artifact } from '../artifacts/artifact.ts';
import { platformConfPath } from '../artifacts/bare-metal/machine-files.ts';
import { clusterConfPath } from '../artifacts/broker/cluster-files.ts';
import { composePath } from '../artifacts/compose/index.ts';
import { type Plan, storedContent } from '../project/index.ts';

/** Where a generated file says which platform it is of, and what is left of the other one. */
const identities: readonly {
  readonly path: string;
  readonly says: RegExp;
  readonly consequence: (before: string, now: string) => string;
}[] = [
  {
    path: clusterConfPath,
    says: /^CLUSTER_ID=(.+)$/m,
    consequence: (before, now) =>
      `cluster.id was ${before} and is ${now}: Kafka refuses data that was formatted with another id. Put the old one back, or forget all records before the next start: krafter down --volumes (containers: docker compose down -v)`,
  },
  {
    path: composePath,
    says: /^name: (.+)$/m,
    consequence: (before, now) =>
      `The name was ${before} and is ${now}: Compose names containers and volumes after it. Those of ${before} stay behind with their records and ports, and ${now} begins empty. Put the old name back, or end them: docker compose -p ${before} down (-v forgets their records)`,
  },
  {
    path: platformConfPath,
    says: /^PLATFORM=(.+)$/m,
    consequence: (before, now) =>
      `The name was ${before} and is ${now}: on the machines /etc/${before}, /opt/${before} and the units ${before}-*.service stay behind, and go on running beside those of ${now}. Put the old name back, or stop and disable them there: systemctl disable --now`,
  },
];

/** What a changed name or cluster id leaves behind, by the text that krafter wrote last. */
export const identityNotes = (
  lock: Plan['lock'],
  artifacts: readonly Artifact[],
): readonly string[] =>
  identities.flatMap(({ path, says, consequence }) => {
    const entry = lock?.files.get(path);
    const base = entry?.ownership === 'managed' ? entry.base : undefined;
    const [, before] = (base && says.exec(storedContent(base, path))) ?? [];
    const [, now] = says.exec(artifacts.find((one) => one.path === path)?.content ?? '') ?? [];
    return before && now && before !== now ? [consequence(before, now)] : [];
  });
