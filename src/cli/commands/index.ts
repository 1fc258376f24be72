import type { Command } from 'commander';
import { downCommand } from './down.ts';
import { statusCommand } from './status.ts';
import { upCommand } from './up.ts';
import { verifyCommand } from './verify.ts';

/** Adds one command to the program. Whatever is heavy is loaded when it runs. */
export type DefineCommand = (program: Command) => Command;

export const commands: readonly DefineCommand[] = [
  upCommand,
  statusCommand,
  downCommand,
  verifyCommand,
];
