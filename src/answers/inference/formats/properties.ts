import { readProperties } from '../../../landscape/properties.ts';
import type { ProjectFile } from '../project-file.ts';

export type Property = { readonly key: string; readonly value: string; readonly line: number };

export const properties = (file: ProjectFile): Property[] =>
  readProperties(file.text).entries.map(({ key, value, keyAt: { line } }) => ({
    key,
    value,
    line,
  }));
