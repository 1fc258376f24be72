import { isBefore } from '../catalog/version-order.ts';
import { folderOf } from '../files/folder.ts';
import type { Configuration, Setting } from '../landscape/facts/configuration.ts';
import { areNear } from './commands.ts';
import { lineEdit } from './edits.ts';
import type { Edit, Known } from './rule.ts';
import { itemsOf, ofKind, settingOf, textOf } from './settings.ts';

export const connectorsOf = (known: Known): Configuration[] =>
  ofKind(known, 'connect-source', 'connect-sink');

/** `PostgresConnector`, of whatever package. */
export const classOf = (connector: Configuration): string =>
  (textOf(settingOf(connector, 'connector.class')) ?? '').replace(/^.*\./, '');

/** How a message calls a connector. */
export const calledConnector = (connector: Configuration): string =>
  connector.name ?? textOf(settingOf(connector, 'name')) ?? (classOf(connector) || 'The connector');

/** In JSON a comma, and in a script a part of a command, would stay behind. */
export const removal = (setting: Setting): Edit[] =>
  /\.(ya?ml|properties)$/.test(setting.keyAt.file) ? lineEdit(setting) : [];

/** The worker that runs it: the one that its resource names, or the only one near it. */
export function workerOf(known: Known, connector: Configuration): Configuration | undefined {
  const workers = ofKind(known, 'connect-distributed').filter(({ name = '', file }) =>
    connector.cluster === undefined
      ? areNear(file, connector.file)
      : connector.cluster.replace(/^.*\//, '') === name,
  );
  return workers.length === 1 ? workers[0] : undefined;
}

/** Names in a list such as `transforms`. */
export const aliasesIn = (connector: Configuration, key: string): string[] =>
  itemsOf(textOf(settingOf(connector, key)));

export const isDebezium = (connector: Configuration): boolean =>
  connector.kind === 'connect-source' &&
  /^io\.debezium\.connector\./.test(textOf(settingOf(connector, 'connector.class')) ?? '');

/**
 * Whether Debezium is of this version or later, as images and dependencies near a connector tell;
 * undefined where they do not.
 */
export function hasDebezium(
  { landscape }: Known,
  { file }: Configuration,
  version: string,
): boolean | undefined {
  const images = landscape.workloads.flatMap(({ image, at }) =>
    image && /(^|\/)debezium\/connect(-base)?$/.test(image.name) && areNear(at.file, file)
      ? [image.tag ?? 'latest']
      : [],
  );
  const dependencies = landscape.dependencies.flatMap(({ name, version: of, at }) =>
    name.startsWith('io.debezium:') && of && 'known' in of && areNear(at.file, file)
      ? [of.known]
      : [],
  );
  const versions = [...images, ...dependencies];
  if (
    versions.length === 0 ||
    versions.some((one) => !/^(latest|stable|nightly|\d+\.\d+)/.test(one))
  )
    return undefined;
  return versions.every((one) => !/^\d/.test(one) || !isBefore(one, version));
}

/**
 * Connectors of one folder and class that share what they must not, each with the first that it
 * shares it with. What lies in different folders may well be for different places.
 */
export function* sharing(
  { environmentOf }: Known,
  connectors: readonly Configuration[],
  what: (connector: Configuration) => string | undefined,
): Generator<readonly [Configuration, Configuration]> {
  const first = new Map<string, Configuration>();
  for (const connector of connectors) {
    const own = what(connector);
    const name = connector.name ?? textOf(settingOf(connector, 'name'));
    const { is, why } = environmentOf(connector.file);
    // Examples beside each other are not run together; without a name it may be the same one.
    if (own === undefined || name === undefined || (is === 'development' && why === 'path'))
      continue;
    const place = `${folderOf(connector.file)} ${classOf(connector)} ${own}`;
    const other = first.get(place);
    if (!other) first.set(place, connector);
    else if (calledConnector(other) !== name) yield [connector, other];
  }
}
