import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverPropertiesPath } from '../../artifacts/broker/index.ts';
import { brokerProperties } from '../../artifacts/broker/properties.ts';
import { propertiesFile } from '../../artifacts/properties-file.ts';
import { obstacle } from '../../errors.ts';
import { readProperties } from '../../files/formats/properties.ts';
import type { NodePlacement } from '../../model/placement.ts';
import type { Platform } from '../../model/platform.ts';

export type Relocated = { readonly text: string; readonly settings: ReadonlyMap<string, string> };

/**
 * A node's own `server.properties` with the settings that say where it lives (listeners,
 * log directory, key stores) replaced for this machine, and nothing else.
 */
export function relocatedProperties(
  project: string,
  platform: Platform,
  placement: readonly NodePlacement[],
  place: NodePlacement,
): Relocated {
  const path = serverPropertiesPath(place.node);
  const settings = new Map(Object.entries(parseProperties(project, path)));
  for (const property of brokerProperties(platform, placement, place)) {
    if (property.placed) settings.set(property.key, property.value);
  }
  const lines = [...settings].map(([key, value]) => ({ section: `From ${path}`, key, value }));
  return {
    text: propertiesFile(
      '# Written by `krafter up` at each start. Edit the project file instead.',
      lines,
    ),
    settings,
  };
}

export function parseProperties(project: string, path: string): Record<string, string> {
  try {
    const { entries } = readProperties(readFileSync(join(project, path), 'utf8'));
    return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
  } catch (error) {
    throw obstacle(
      {
        what: `${path} can not be read.`,
        where: join(project, path),
        why: 'A node starts from this file and no other.',
        next: `Bring it back: git checkout -- ${path}`,
      },
      error,
    );
  }
}
