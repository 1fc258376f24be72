import { optionOf } from '../../../landscape/options.ts';
import { clusterOf } from '../../commands.ts';
import type { Rule } from '../../rule.ts';
import { numberOf } from '../../settings.ts';

export const moreCopiesThanBrokers: Rule = {
  code: 'KT005',
  title: 'A topic with more copies than there are brokers',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'The script that makes the topics fails with InvalidReplicationFactorException, often unseen, since it runs once in the background. The application waits for a topic that is not there.',
  source: 'ReplicationControlManager.createTopic (InvalidReplicationFactorException)',
  noFix: 'The number of brokers may be what is wrong.',
  *check(known) {
    for (const command of known.landscape.commands) {
      if (command.tool !== 'kafka-topics' || !optionOf(command, '--create')) continue;
      const factor = optionOf(command, '--replication-factor')?.value;
      const copies = factor && 'known' in factor.value ? numberOf(factor.value.known) : undefined;
      const cluster = copies === undefined ? undefined : clusterOf(known, command);
      const brokers = cluster?.brokers;
      if (!factor || copies === undefined || !brokers || copies <= brokers) continue;
      yield {
        at: factor.at,
        says: `--replication-factor is ${copies}, and there ${brokers === 1 ? 'is one broker' : `are ${brokers} brokers`}.`,
        next: `--replication-factor ${brokers}, or none: the brokers have a default.`,
        also: (cluster?.nodes ?? []).slice(0, 3).map(({ at }) => ({ at, says: 'a broker' })),
      };
    }
  },
};
