import type { KafkaRelease } from '../catalog/kafka-keys/key.ts';
import type { Project, ProjectFile } from '../files/project-file.ts';
import { withClientReleases } from './client-release.ts';
import { type Facts, type Landscape, landscapeOf } from './facts/index.ts';
import { withNodePools } from './node-pools.ts';
import { withQuorumFiles } from './quorum-files.ts';
import { readers } from './readers/index.ts';
import { withSpringGroups } from './spring-groups.ts';

/** What only several files together tell, put into the facts of each. */
const joins: readonly ((landscape: Landscape) => Landscape)[] = [
  withClientReleases,
  withNodePools,
  withQuorumFiles,
  withSpringGroups,
];

/** What these files say of Kafka, seen together. A file that can't be read is noted, and no more. */
export async function readLandscape(
  files: Iterable<ProjectFile>,
  project: Project,
  release: KafkaRelease,
): Promise<Landscape> {
  const parts: Facts[] = [];
  for (const file of files)
    for (const reader of readers) {
      if (!reader.files.test(file.path) || reader.mentions?.test(file.text) === false) continue;
      try {
        parts.push(await reader.read(file, project, release));
      } catch (error) {
        parts.push({ unread: [{ file: file.path, says: saysOf(error as Error) }] });
      }
    }
  return joins.reduce((landscape, join) => join(landscape), landscapeOf(parts));
}

/** A reader says what is wrong with a file; these are thrown where krafter itself is wrong. */
const saysOf = (error: Error): string =>
  error instanceof TypeError || error instanceof ReferenceError
    ? `a bug in krafter (${error.message}); please report it`
    : error.message;
