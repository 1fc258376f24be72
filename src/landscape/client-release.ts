import type { Kind } from '../catalog/kafka-keys/key.ts';
import { releaseOf } from '../catalog/kafka-keys/releases.ts';
import { kafkaOfSpringBoot } from '../catalog/spring-boot.ts';
import { isBefore } from '../catalog/version-order.ts';
import { folderOf } from '../files/folder.ts';
import type { Configuration } from './facts/configuration.ts';
import type { Dependency } from './facts/dependency.ts';
import type { Landscape } from './facts/index.ts';

const clients: readonly Kind[] = ['producer', 'consumer', 'admin', 'streams'];

/** Configurations of Java's clients with the release that their module depends on, where it is known. */
export function withClientReleases(facts: Landscape): Landscape {
  const lines = linesByFolder(facts.dependencies);
  if (lines.size === 0) return facts;
  const changed = new Map<Configuration, Configuration>();
  for (const one of facts.configurations) {
    const { kind, library = 'java', release, file } = one;
    if (library !== 'java' || release !== undefined || !clients.includes(kind)) continue;
    const line = lineAbove(file, lines);
    if (line !== undefined) changed.set(one, ofLine(one, line));
  }
  const now = <Of extends { readonly configuration?: Configuration }>(one: Of): Of => {
    const configuration = one.configuration && changed.get(one.configuration);
    return configuration ? { ...one, configuration } : one;
  };
  return {
    ...facts,
    configurations: facts.configurations.map((one) => changed.get(one) ?? one),
    uses: facts.uses.map(now),
    calls: facts.calls.map(now),
    names: facts.names.map((one) => {
      const line = lineAbove(one.at.file, lines);
      return line === undefined ? one : { ...one, release: releaseOf(line) };
    }),
  };
}

/** `3.9` of each folder with a manifest: from Kafka's own artifact, or what Spring Boot brings. */
function linesByFolder(dependencies: readonly Dependency[]): Map<string, string> {
  const lines = new Map<string, string>();
  const own = /^org\.apache\.kafka:kafka-(clients|streams)$/;
  const boot = /^org\.springframework\.boot:spring-boot-dependencies$/;
  const add = (name: RegExp, of: (line: string) => string | undefined) => {
    for (const { name: found, version, at, development } of dependencies) {
      if (!name.test(found) || development || !version || !('known' in version)) continue;
      const line = of(/^\d+\.\d+/.exec(version.known)?.[0] ?? '');
      const folder = folderOf(at.file);
      if (line && !lines.has(folder)) lines.set(folder, line);
    }
  };
  add(own, (line) => line);
  add(boot, (line) => kafkaOfSpringBoot[line]);
  return lines;
}

function lineAbove(file: string, lines: ReadonlyMap<string, string>): string | undefined {
  let end = file.lastIndexOf('/') + 1;
  for (;;) {
    const line = lines.get(file.slice(0, end));
    if (line !== undefined || end === 0) return line;
    end = file.lastIndexOf('/', end - 2) + 1;
  }
}

/** Defaults before Kafka 3.0 (KIP-679, KIP-735), where the catalogue has no keys of its own for it. */
const beforeThree: Readonly<Partial<Record<Kind, readonly (readonly [string, string])[]>>> = {
  producer: [
    ['acks', '1'],
    ['enable.idempotence', 'false'],
  ],
  consumer: [['session.timeout.ms', '10000']],
};

function ofLine(one: Configuration, line: string): Configuration {
  const old = isBefore(line, '3.0') ? beforeThree[one.kind] : undefined;
  return {
    ...one,
    release: releaseOf(line),
    ...(old && {
      beneath: {
        by: one.beneath?.by ?? `the default of Kafka ${line}`,
        values: new Map([...old, ...(one.beneath?.values ?? [])]),
      },
    }),
  };
}
