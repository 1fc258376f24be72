import { enableCompileCache } from 'node:module';
import { Command, CommanderError } from 'commander';
import { exitCode, KrafterError } from '../errors.ts';
import { commands } from './commands/index.ts';

enableCompileCache?.();

const program = new Command('krafter')
  .description('A few answers in; a Kafka platform out, proven on this machine.')
  .version(await version(), '-V, --version')
  .showHelpAfterError('(krafter --help shows what there is)')
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'krafter: ')) })
  .exitOverride()
  .enablePositionalOptions();

for (const define of commands) {
  const command = define(program);
  command.exitOverride().helpOption('-h, --help', 'show this');
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = await conclude(error);
}

async function conclude(error: unknown): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage;
  const { showTrouble } = await import('./output.ts');
  if (error instanceof KrafterError) {
    showTrouble(error.trouble);
    return error.exit;
  }
  if (error instanceof Error && error.name === 'AbortError') return 130;
  const { writeCrash } = await import('./crash.ts');
  showTrouble(writeCrash(error));
  return exitCode.bug;
}

async function version(): Promise<string> {
  const { krafterVersion } = await import('./version.ts');
  return krafterVersion;
}
