import type { KafkaRelease } from '../../../catalog/kafka-keys/key.ts';
import type { Project, ProjectFile } from '../../../files/project-file.ts';
import { type Facts, landscapeOf } from '../../facts/index.ts';
import type { Reader } from '../reader.ts';
import { cloudStream } from './cloud-stream.ts';
import { type Document, documentsOf } from './document.ts';
import { micronaut } from './micronaut.ts';
import { quarkus } from './quarkus.ts';
import { springKafka } from './spring-kafka.ts';

// Spring's configuration may have any name, on a configuration server that of the application.
export const applicationYaml: Reader = {
  files: /\.ya?ml$/,
  mentions: /^["']?(spring|mp|quarkus|kafka|%[\w,-]+)["']?[.:]/m,
  read,
};

export const applicationProperties: Reader = {
  files: /\.properties$/,
  mentions:
    /^[ \t]*["']?(%[\w,-]+["']?\.)?(spring\.(kafka|cloud\.stream)|mp\.messaging|kafka|kafka-streams)\./m,
  read,
};

const isApplication = /^(application|bootstrap)([.-]|$)/;

const isSpring = /^[ \t]*["']?spring["']?[.:]/m;

async function read(file: ProjectFile, project: Project, release: KafkaRelease): Promise<Facts> {
  const isNamed = isApplication.test(file.name);
  if (!/kafka/.test(file.text) || !(isNamed || isSpring.test(file.text))) return {};
  const parts: Facts[] = [];
  for (const document of await documentsOf(file, project)) {
    parts.push(await springKafka(document, release), cloudStream(document), profileOf(document));
    if (isNamed) parts.push(await quarkus(document, release), await micronaut(document, release));
  }
  return landscapeOf(parts);
}

function profileOf({ file, profile: name, own }: Document): Facts {
  if (name === undefined) return {};
  const lines = own.flatMap(({ keyAt: { line }, valueAt: { endLine } }) =>
    Array.from({ length: endLine - line + 1 }, (_, index) => line + index),
  );
  return { profiles: [{ name, file: file.path, lines: new Set(lines) }] };
}
