import { clientDefault, clientDefaults } from '../catalog/client-defaults.ts';
import type { Kind } from '../catalog/kafka-keys/key.ts';
import type { ClientLibrary, Configuration, Setting } from '../landscape/facts/configuration.ts';
import { knownText } from '../landscape/facts/setting.ts';
import { isAside } from './environment.ts';
import type { Known } from './rule.ts';

/** Kinds whose keys are often put into each other's files; no plug-in has keys among theirs. */
export const oftenMixed = ['broker', 'topic', 'producer', 'consumer', 'admin'] as const;

/** Configurations of some kinds, or of all; what tests make in code says nothing. */
export const ofKind = (known: Known, ...kinds: readonly Kind[]): Configuration[] =>
  known.landscape.configurations.filter(
    ({ kind, code, file }) =>
      (kinds.length === 0 || kinds.includes(kind)) && !(code && isAside(known.environmentOf(file))),
  );

/** Those that Kafka's own classes read; other clients have their own checks and defaults. */
export const ofJava = (known: Known, ...kinds: readonly Kind[]): Configuration[] =>
  ofKind(known, ...kinds).filter(({ library = 'java' }) => library === 'java');

/** What counts: Java keeps the last of those with the same key. */
export const settingOf = ({ settings }: Configuration, key: string): Setting | undefined =>
  settings.findLast((one) => one.key === key);

/** The text that Kafka would parse, without the blanks around it; undefined where it isn't known. */
export function textOf(setting: Setting | undefined): string | undefined {
  return knownText(setting?.value)?.trim();
}

/** What holds for a key, and who decided it. */
export type Effective = {
  readonly text: string;
  /** Where it was decided: "set in .env", "the default of aiokafka"; undefined where it is set. */
  readonly by?: string;
  readonly setting?: Setting;
};

/** The value that holds: what is set, what an image or framework sets, the client's own default. */
export function effective(
  known: Known,
  configuration: Configuration,
  key: string,
): Effective | undefined {
  const { library = 'java', beneath, open } = configuration;
  const setting = settingOf(configuration, key);
  if (setting) {
    const text = textOf(setting);
    if (text === undefined) return undefined;
    const from = 'known' in setting.value ? setting.value.from : undefined;
    // `ACKS` of the environment is set nowhere; what counts is what the program has instead.
    const by = from?.startsWith('the default of ') ? from : `set in ${from}`;
    return { text, setting, ...(from !== undefined && { by }) };
  }
  if (open || beneath?.unseen?.has(key)) return undefined;
  const below = beneath?.values.get(key);
  if (beneath && below !== undefined) return { text: below, by: beneath.by };
  const text = defaultOf(known, configuration, key);
  return text === undefined ? undefined : { text, by: `the default of ${clientName(library)}` };
}

/** What a library is called. */
export const clientName = (library: ClientLibrary): string =>
  library === 'java' ? 'Kafka' : clientDefaults[library].title;

function defaultOf(known: Known, configuration: Configuration, key: string): string | undefined {
  const { kind, library = 'java', release = known.release } = configuration;
  if (library === 'java') return known.keys(kind, release).get(key)?.default ?? undefined;
  return clientDefault(
    library,
    kind,
    key,
    isTrue(textOf(settingOf(configuration, 'enable.idempotence'))),
  );
}

/** As {@link effective}, the text alone. */
export const effectiveText = (known: Known, configuration: Configuration, key: string) =>
  effective(known, configuration, key)?.text;

/** A consumer of the new group protocol (KIP-848), which leaves sessions to the broker. */
export const usesNewProtocol = (configuration: Configuration): boolean =>
  textOf(settingOf(configuration, 'group.protocol'))?.toLowerCase() === 'consumer';

/** Of a list with commas: its items without the blanks around them. */
export const itemsOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** What a framework makes anew at each start of the program, where the value has such a thing. */
export const renewedIn = ({ value }: Setting): string | undefined =>
  'unknown' in value ? /\$\{(random\.|quarkus\.uuid)[^}]*\}/.exec(value.unknown)?.[0] : undefined;

/** A whole or decimal number; undefined for anything else. */
export function numberOf(text: string | undefined): number | undefined {
  const number = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

export const isTrue = (text: string | undefined): boolean => text?.toLowerCase() === 'true';
export const isFalse = (text: string | undefined): boolean => text?.toLowerCase() === 'false';
