import type { Command } from 'commander';
import type { GroupsInput } from '../../mcp/tools/group-schema.ts';
import type { LiveOptions } from '../live.ts';
import { withLiveOptions } from '../live-options.ts';

type Options = LiveOptions & {
  readonly topic?: string;
  readonly members?: true;
  readonly seconds?: number;
  readonly filter?: string;
  readonly type?: string;
  readonly state?: string;
};

export const groupsCommand = (program: Command): Command =>
  withLiveOptions(
    program
      .command('groups')
      .argument('[group]', 'one of them; default: all, the most lag first')
      .description('Consumer, share and streams groups of a live cluster: state, lag, members.'),
  )
    .option('--topic <name>', 'the lag of one topic, by partition')
    .option('--members', 'clients, hosts and what is assigned to them, instead of lag')
    .option('--seconds <number>', 'look twice, so far apart: does lag grow? (6 to 60)', Number)
    .option('--filter <text>', 'groups with this in their name')
    .option('--type <type>', 'classic, consumer, share or streams')
    .option('--state <state>', 'e.g. Empty or Stable')
    .option('--json', 'for programs')
    .action(async (group: string | undefined, options: Options) => {
      const { runLiveTool } = await import('../live.ts');
      const { consumerGroups } = await import('../../mcp/tools/consumer-groups.ts');
      const { topic, members, seconds, filter, type, state } = options;
      const given = {
        ...{ group, topic, seconds, filter, type, state },
        show: members ? 'members' : 'lag',
      } as GroupsInput;
      await runLiveTool(consumerGroups, given, options);
    });
