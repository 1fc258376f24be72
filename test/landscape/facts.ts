import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from '../../src/files/folder.ts';
import { ProjectFile } from '../../src/files/project-file.ts';
import type { Configuration, Value } from '../../src/landscape/facts/configuration.ts';
import type { Landscape } from '../../src/landscape/facts/index.ts';
import { readLandscape } from '../../src/landscape/read.ts';

/** What files of a folder beside the tests say. */
export function landscapeIn(folder: string, ...names: readonly string[]): Promise<Landscape> {
  return landscapeOfTexts(
    Object.fromEntries(
      names.map((name) => [name, readFileSync(join(import.meta.dirname, folder, name), 'utf8')]),
    ),
  );
}

export function landscapeOfTexts(texts: Readonly<Record<string, string>>): Promise<Landscape> {
  const files = Object.entries(texts).map(([path, text]) => new ProjectFile(path, text));
  const find = (path: string) => files.find((file) => file.path === path);
  const folder = (path: string) => Object.keys(texts).filter((name) => folderOf(name) === path);
  return readLandscape(files, { file: find, folder }, '4.3');
}

export const shown = (value: Value): string => ('known' in value ? value.known : '?');

/** `key=value@line:column-endColumn`, the stretch being that of the value. */
export const settingsOf = (configuration: Configuration | undefined): string[] =>
  (configuration?.settings ?? []).map(
    ({ key, value, valueAt }) =>
      `${key}=${shown(value)}@${valueAt.line}:${valueAt.column}-${valueAt.endColumn}`,
  );
