import type { Command } from 'commander';
import type { LiveOptions } from '../live.ts';
import { withLiveOptions } from '../live-options.ts';

export const mcpCommand = (program: Command): Command =>
  withLiveOptions(
    program
      .command('mcp')
      .description(
        'The same questions for a model: a server of the Model Context Protocol (stdio).',
      ),
  ).action(async (options: LiveOptions) => {
    const { serveMcp } = await import('../mcp.ts');
    await serveMcp(options);
  });
