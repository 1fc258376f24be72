import type { Command } from 'commander';
import { checkCommand } from './check.ts';
import { downCommand } from './down.ts';
import { explainCommand } from './explain.ts';
import { groupsCommand } from './groups.ts';
import { healthCommand } from './health.ts';
import { mcpCommand } from './mcp.ts';
import { newCommand } from './new.ts';
import { planCommand } from './plan.ts';
import { schemaCommand } from './schema.ts';
import { statusCommand } from './status.ts';
import { synthCommand } from './synth.ts';
import { upCommand } from './up.ts';
import { verifyCommand } from './verify.ts';

/** Adds one command to the program. Whatever is heavy is loaded when it runs. */
export type DefineCommand = (program: Command) => Command;

export const commands: readonly DefineCommand[] = [
  newCommand,
  synthCommand,
  upCommand,
  statusCommand,
  downCommand,
  verifyCommand,
  planCommand,
  checkCommand,
  explainCommand,
  schemaCommand,
  healthCommand,
  groupsCommand,
  mcpCommand,
];
