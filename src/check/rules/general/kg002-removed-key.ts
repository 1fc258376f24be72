import { type Departure, departureOf } from '../../../catalog/kafka-keys/changes.ts';
import type { Configuration, Setting } from '../../../landscape/facts/configuration.ts';
import { fixOf, lineEdit, renaming } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { ofJava, settingOf } from '../../settings.ts';

export const removedKey: Rule = {
  code: 'KG002',
  title: 'A key that is gone',
  severity: 'error',
  confidence: 'high',
  guards: ['kraft-only'],
  story:
    'After the upgrade the key is ignored without a word, or the process does not start: what it once switched on is off, and the file still says that it is on.',
  source: "Kafka's upgrade notes; the source of each key is in the message",
  *check(known) {
    for (const configuration of ofJava(known)) {
      const { kind, settings, release, workload } = configuration;
      const said = new Set<Departure>();
      for (const setting of settings) {
        const { key, keyAt } = setting;
        // A container that would start with ZooKeeper is KD003's and KR006's to tell of.
        if (workload && key.startsWith('zookeeper.') && !settingOf(configuration, 'process.roles'))
          continue;
        const departure = known.keys(kind, release).has(key) ? undefined : departureOf(kind, key);
        if (!departure || said.has(departure)) continue;
        // What went together, and was not only renamed, is one thing to be done.
        if (departure.now && !departure.renamed) said.add(departure);
        yield {
          at: keyAt,
          says: `${key} is gone since Kafka ${departure.in}: ${departure.why} (${departure.source})`,
          next: departure.now ? `Set ${departure.now.join(', ')} instead.` : 'Remove the line.',
          ...fixFor(configuration, setting, departure),
        };
      }
    }
  },
};

/** What took the place of a key that was not only renamed is a decision. */
function fixFor(configuration: Configuration, setting: Setting, { now, renamed }: Departure) {
  const [name] = now ?? [];
  if (name === undefined) return fixOf(false, `Remove ${setting.key}`, lineEdit(setting));
  return renamed
    ? fixOf(true, `Rename ${setting.key} to ${name}`, renaming(configuration, setting, name))
    : {};
}
