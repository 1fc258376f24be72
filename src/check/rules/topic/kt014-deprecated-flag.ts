import { orderOf } from '../../../catalog/kafka-keys/releases.ts';
import { deprecatedFlags } from '../../../catalog/upgrades.ts';
import { optionsOf } from '../../../landscape/options.ts';
import { releaseNear } from '../../commands.ts';
import { fixOf } from '../../edits.ts';
import type { Rule } from '../../rule.ts';

export const deprecatedFlag: Rule = {
  code: 'KT014',
  title: 'A flag that goes with the next major release',
  severity: 'info',
  confidence: 'high',
  story:
    'Today the tool prints a warning, into a log that nobody reads. With Kafka 5 the script ends with "is not a recognized option", on the night of the upgrade.',
  source: 'KIP-1147; deprecated since 4.2',
  *check(known) {
    for (const command of known.landscape.commands) {
      const release = releaseNear(known, command.at.file);
      for (const { name, word } of optionsOf(command)) {
        const old = deprecatedFlags.find(
          ({ tool, flag, since }) =>
            tool === command.tool && flag === name && orderOf(since) <= orderOf(release),
        );
        if (!old) continue;
        const isAlone = 'known' in word.value && word.value.known === name;
        yield {
          at: word.at,
          says: `${name} of ${command.tool} is deprecated since Kafka ${old.since} (${old.source}).`,
          next: `${old.now}, which older tools do not know.`,
          ...(isAlone &&
            fixOf(true, `Write ${old.now}`, [{ at: word.at, text: old.now, was: name }])),
        };
      }
    }
  },
};
