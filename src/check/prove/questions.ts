import type { KafkaRelease, Key, Kind } from '../../catalog/kafka-keys/key.ts';
import type { Configuration } from '../../landscape/facts/configuration.ts';

/** Whose classes Prove.java asks. */
const provable: ReadonlySet<Kind> = new Set<Kind>([
  ...(['broker', 'topic', 'producer', 'consumer', 'admin'] as const),
  ...(['connect-distributed', 'connect-standalone', 'connect-sink', 'connect-source'] as const),
]);

export type Question = {
  readonly configuration: Configuration;
  readonly settings: ReadonlyMap<string, string>;
};

/** A configuration that is not asked about, and why. */
export type Omission = { readonly configuration: Configuration; readonly why: string };

/**
 * What of a configuration its class can be given. Files of others decide about nothing here: no
 * class of theirs is loaded, no file of theirs opened, nobody is logged in.
 */
export function questionOf(
  configuration: Configuration,
  keys: ReadonlyMap<string, Key>,
  asked: KafkaRelease,
): Question | Omission | undefined {
  const { kind, library = 'java', release, open, beneath, settings: set } = configuration;
  if (library !== 'java' || !provable.has(kind)) return;
  const not = (why: string): Omission => ({ configuration, why });
  if (release && release !== asked) return not(`it runs Kafka ${release}`);
  if (open || (beneath?.unseen?.size ?? 0) > 0) return not('settings come from elsewhere, too');
  const settings = new Map(beneath?.values);
  let unknown = 0;
  for (const { key, value } of set) {
    if ('known' in value) settings.set(key, value.known);
    else unknown++;
  }
  if (unknown > 0)
    return not(unknown === 1 ? 'one value is not in files' : `${unknown} values are not in files`);
  for (const [key, value] of settings)
    if (isOfOthers(kind, key, value, keys.get(key))) settings.delete(key);
  return { configuration, settings };
}

/** Of a client's, that with which it logs in; of all, classes that Kafka does not come with. */
function isOfOthers(kind: Kind, key: string, value: string, known: Key | undefined): boolean {
  if (key.startsWith('config.providers')) return true;
  if (kind !== 'broker' && /^((producer|consumer|admin)\.)?(sasl|ssl|security)\./.test(key))
    return true;
  const isClass =
    known?.type === 'CLASS' ||
    /\.(class|classes|reporters|strategy|deserializer|serializer)$/.test(key);
  return isClass && value.split(',').some((one) => !/^\s*(org\.apache\.)?kafka\./.test(one));
}
