import { votersOf } from '../../../landscape/voters.ts';
import { quorumKeys } from '../../kraft.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const voterEverywhere: Rule = {
  code: 'KR007',
  title: 'Controllers at an address that is none',
  severity: 'error',
  confidence: 'high',
  story:
    'The node ends at start, or looks for its controller at itself: 0.0.0.0 is where one listens, not where others find it.',
  source: 'QuorumConfig.parseVoterConnections (Host string (0.0.0.0) is not routeable)',
  noFix: 'The name of the controller is not in this setting.',
  *check(known) {
    for (const node of ofKind(known, 'broker'))
      for (const key of quorumKeys) {
        const setting = settingOf(node, key);
        const voter = votersOf(textOf(setting) ?? '').find(({ host }) => host === '0.0.0.0');
        if (setting && voter)
          yield {
            at: setting.valueAt,
            says: `${key} has 0.0.0.0:${voter.port}.`,
            next: 'Give the name by which other nodes reach it.',
          };
      }
  },
};
