import type { Configuration, Setting } from '../landscape/facts/configuration.ts';
import { itemsOf, settingOf, textOf } from './settings.ts';

/** `west->east`, of a dedicated MirrorMaker's file. */
export type Flow = { readonly source: string; readonly target: string; readonly enabled: Setting };

/** What a setting of a flow says, or that of all flows. */
export const ofFlow = (file: Configuration, { source, target }: Flow, key: string) =>
  settingOf(file, `${source}->${target}.${key}`) ?? settingOf(file, key);

/** All flows that are named, enabled or not, also of clusters that are not listed. */
export function flowsOf({ settings }: Configuration): Flow[] {
  return settings.flatMap((enabled) => {
    const [, source, target] = /^([^>]+)->([^>]+)\.enabled$/.exec(enabled.key) ?? [];
    return source === undefined || target === undefined ? [] : [{ source, target, enabled }];
  });
}

export const aliasesOf = (file: Configuration): string[] =>
  itemsOf(textOf(settingOf(file, 'clusters')));
