import { distance } from 'fastest-levenshtein';
import { departureOf } from '../../../catalog/kafka-keys/changes.ts';
import type { Kind } from '../../../catalog/kafka-keys/key.ts';
import { fixOf, renaming } from '../../edits.ts';
import type { Known, Rule } from '../../rule.ts';
import { ofJava, oftenMixed } from '../../settings.ts';

/** A typing error, not another word. */
const mostLetters = 2;

export const unknownKey: Rule = {
  code: 'KG001',
  title: 'A key that Kafka does not know',
  severity: 'error',
  confidence: 'medium',
  story:
    'Kafka takes any key, since plug-ins have their own: a misspelt one is only named in a log line at start. The setting that was meant stays at its default, and nobody notices until that default hurts.',
  source: 'AbstractConfig.logUnused',
  *check(known) {
    for (const configuration of ofJava(known, ...oftenMixed)) {
      const { kind, settings } = configuration;
      const keys = known.keys(kind, configuration.release);
      for (const setting of settings) {
        const { key, keyAt } = setting;
        if (keys.has(key) || departureOf(kind, key)) continue;
        const near = similar(key, [...keys.keys()]);
        if (near)
          yield {
            at: keyAt,
            says: `${key} is no key of a ${kind}, and means nothing to Kafka.`,
            next: `Did you mean ${near}?`,
            // A plug-in may have such a key.
            ...fixOf(false, `Rename ${key} to ${near}`, renaming(configuration, setting, near)),
          };
        // Programs often have one map for all their clients.
        else if (!configuration.code) {
          const other = homeOf(known, key, kind);
          if (other)
            yield {
              at: keyAt,
              says: `${key} is a key of a ${other}; a ${kind} does not read it.`,
              next: `Set it for the ${other}, and leave it out here.`,
            };
        }
      }
    }
  },
};

const homeOf = ({ keys }: Known, key: string, kind: Kind): Kind | undefined =>
  oftenMixed.find((other) => other !== kind && keys(other).has(key));

function similar(key: string, candidates: readonly string[]): string | undefined {
  const dotted = key.replaceAll(/[_-]/g, '.');
  return candidates.find(
    (candidate) =>
      candidate === dotted ||
      (Math.abs(candidate.length - key.length) <= mostLetters &&
        distance(candidate, key) <= mostLetters),
  );
}
