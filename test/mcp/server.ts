import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const cli = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

export type ToolAnswer = {
  readonly text: string;
  readonly structured: Record<string, unknown> | undefined;
  readonly isError: boolean;
};

export type Session = {
  readonly client: Client;
  readonly call: (tool: string, args?: Record<string, unknown>) => Promise<ToolAnswer>;
  readonly close: () => Promise<void>;
};

/** `krafter mcp` as a client starts it, with these settings in its environment. */
export async function session(
  env: Readonly<Record<string, string>>,
  cwd?: string,
): Promise<Session> {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [cli, 'mcp'],
    env: { PATH: process.env.PATH ?? '', ...env },
    stderr: 'ignore',
    ...(cwd === undefined ? {} : { cwd }),
  });
  await client.connect(transport);
  return {
    client,
    async call(name, args = {}) {
      const answer = await client.callTool({ name, arguments: args });
      const [content] = answer.content;
      return {
        text: content?.type === 'text' ? content.text : '',
        structured: answer.structuredContent as Record<string, unknown> | undefined,
        isError: answer.isError === true,
      };
    },
    close: () => client.close(),
  };
}
