import {
  grafanaAdmin,
  monitoringServices,
  nodeNames,
  oneShots,
  replaySuffix,
  superUsers,
} from '../../catalog/own-parts.ts';
import { reservedPlatformName } from '../names.ts';
import type { Blueprint } from '../schema.ts';
import type { Contradiction } from './contradiction.ts';

/** Names that are there twice, or that something else has already. */
export const names = ({ name, topics, principals, services }: Blueprint): Contradiction[] => [
  ...platformName(name),
  ...twice('topics', topics),
  ...twice('principals', principals),
  ...twice('services', services),
  ...reserved('principals', principals),
  ...reserved('services', services),
];

type Named = { readonly name: string };

function platformName(name: string): Contradiction[] {
  const why = reservedPlatformName(name);
  return why
    ? [{ path: ['name'], what: `"${name}" is a reserved word.`, why, next: `name: my-${name}` }]
    : [];
}

function twice(list: string, named: readonly Named[]): Contradiction[] {
  const all = named.map(({ name }) => name);
  return all.flatMap((name, index) =>
    all.indexOf(name) < index
      ? [
          {
            path: [list, index, 'name'],
            what: `${name} is there twice.`,
            why: 'Kafka would use one of the two, and nobody could say which.',
            next: 'Remove one.',
          },
        ]
      : [],
  );
}

/** Taken whatever the answers are: monitoring may be added later. */
const ownNames: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.values(superUsers).map((name) => [name, 'That user may do everything.']),
  ),
  ...Object.fromEntries(
    [...Object.values(oneShots), ...monitoringServices].map((name) => [
      name,
      'compose.yaml has a service of that name, and would lose it.',
    ]),
  ),
  [grafanaAdmin]: "Grafana's own password would be that of this user, and the reverse.",
  localhost: 'Each machine and container calls itself by that name.',
};

function whyReserved(name: string): string | undefined {
  if (Object.hasOwn(ownNames, name)) return ownNames[name];
  if (name.endsWith(replaySuffix))
    return 'Such users send the dead letters of a service to their topic again.';
  if (nodeNames.test(name))
    return 'Nodes have such names: they log in by them, and their containers are called so.';
  return undefined;
}

const reserved = (list: string, named: readonly Named[]): Contradiction[] =>
  named.flatMap(({ name }, index) => {
    const why = whyReserved(name);
    return why
      ? [
          {
            path: [list, index, 'name'],
            what: `The name ${name} is taken by the platform itself.`,
            why,
            next: 'Choose another name.',
          },
        ]
      : [];
  });
