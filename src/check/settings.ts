import type { Kind } from '../catalog/kafka-keys/key.ts';
import type { Configuration, Setting } from '../landscape/facts.ts';
import type { Known } from './rule.ts';

/** Configurations of some kinds. */
export const ofKind = ({ landscape }: Known, ...kinds: readonly Kind[]): Configuration[] =>
  landscape.configurations.filter(({ kind }) => kinds.includes(kind));

/** What counts: Java keeps the last of those with the same key. */
export const settingOf = ({ settings }: Configuration, key: string): Setting | undefined =>
  settings.findLast((one) => one.key === key);

/** The text that Kafka would parse, without the blanks around it; undefined where it isn't known. */
export function textOf(setting: Setting | undefined): string | undefined {
  return setting && 'known' in setting.value ? setting.value.known.trim() : undefined;
}

/** As {@link textOf}, or what holds in this release without it. */
export function effectiveText(
  { keys }: Known,
  configuration: Configuration,
  key: string,
): string | undefined {
  const setting = settingOf(configuration, key);
  if (setting) return textOf(setting);
  return keys(configuration.kind).get(key)?.default ?? undefined;
}

/** A whole or decimal number; undefined for anything else. */
export function numberOf(text: string | undefined): number | undefined {
  const number = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

export const isTrue = (text: string | undefined): boolean => text?.toLowerCase() === 'true';
export const isFalse = (text: string | undefined): boolean => text?.toLowerCase() === 'false';
