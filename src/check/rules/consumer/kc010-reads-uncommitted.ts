import type { Rule } from '../../rule.ts';
import { effective, settingOf } from '../../settings.ts';

export const readsUncommitted: Rule = {
  code: 'KC010',
  title: 'A consumer reads what transactions have taken back',
  severity: 'warning',
  confidence: 'medium',
  across: true,
  story:
    'A transaction is aborted because its second half failed. The consumer has handled its first half already: an order is shipped that was never placed.',
  source: 'ConsumerConfig.ISOLATION_LEVEL_CONFIG',
  noFix: 'a consumer may well want to see everything',
  *check(known) {
    const writers = known.landscape.uses.filter(
      ({ does, configuration }) =>
        does === 'produces' && configuration && settingOf(configuration, 'transactional.id'),
    );
    for (const { does, topic, configuration } of known.landscape.uses) {
      if (does !== 'consumes' || !configuration || !('known' in topic.value)) continue;
      const name = topic.value.known;
      const writer = writers.find(
        ({ topic: { value } }) => 'known' in value && value.known === name,
      );
      const isolation = effective(known, configuration, 'isolation.level');
      if (!writer || isolation?.text !== 'read_uncommitted') continue;
      yield {
        at: isolation.setting?.valueAt ?? topic.at,
        says: `${name} is written in transactions, and read with isolation.level=read_uncommitted${isolation.by ? `, ${isolation.by}` : ''}.`,
        next: 'isolation.level=read_committed.',
        also: [{ at: writer.topic.at, says: 'Written in transactions here.' }],
      };
    }
  },
};
