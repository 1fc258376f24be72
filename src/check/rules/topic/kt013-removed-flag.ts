import { orderOf } from '../../../catalog/kafka-keys/releases.ts';
import { removedCommands } from '../../../catalog/upgrades.ts';
import { optionsOf } from '../../../landscape/options.ts';
import { releaseNear } from '../../commands.ts';
import { fixOf } from '../../edits.ts';
import type { Rule } from '../../rule.ts';

/** What took its place takes the same value. */
const renamed = new Set(['--broker-list', '--whitelist', '--topic-white-list']);

export const removedFlag: Rule = {
  code: 'KT013',
  title: 'A flag that the tool no longer has',
  severity: 'error',
  confidence: 'high',
  guards: ['kraft-only'],
  story:
    'The script ends with "is not a recognized option" before it has done anything. Mostly it is one that is needed seldom: the one for a broken topic, at night.',
  source: "Kafka's upgrade notes and the tools themselves; the source of each is in the message",
  *check(known) {
    for (const command of known.landscape.commands) {
      const release = releaseNear(known, command.at.file);
      for (const { name, word } of optionsOf(command)) {
        const gone = removedCommands.find(
          ({ tool, flag, in: since }) =>
            flag === name &&
            (tool ?? command.tool) === command.tool &&
            (since === null || orderOf(since) <= orderOf(release)),
        );
        if (!gone) continue;
        const isAlone = 'known' in word.value && word.value.known === name;
        const edits = [{ at: word.at, text: gone.now, was: name }];
        yield {
          at: word.at,
          says: `${command.tool} has no ${name}${gone.in ? ` since Kafka ${gone.in}` : ' any more'} (${gone.source}).`,
          next: gone.now,
          ...(renamed.has(name) && isAlone && fixOf(true, `Write ${gone.now}`, edits)),
        };
      }
    }
  },
};
