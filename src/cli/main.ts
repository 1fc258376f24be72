import { Command, CommanderError } from 'commander';
import { exitCode, KrafterError, type Trouble } from '../errors.ts';
import { commands } from './commands/index.ts';

process.on('uncaughtException', (error) => void conclude(error).then(process.exit));
for (const stream of [process.stdout, process.stderr]) stream.on('error', unwritable);

const program = new Command('krafter')
  .usage('COMMAND [folder] [options]')
  .description('A few answers in; a Kafka platform out, proven on this machine.')
  .version(await version(), '-V, --version', 'the version of krafter')
  .helpOption('-h, --help', 'show this')
  .helpCommand('help [command]', 'Show this, or what a command takes.')
  .configureHelp({ subcommandTerm: (command) => `${command.name()} ${argumentOf(command)}` })
  // Said by showTrouble, like every other refusal.
  .configureOutput({ outputError: () => {} })
  .exitOverride()
  .enablePositionalOptions();

for (const define of commands) define(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = await conclude(error);
}

async function conclude(error: unknown): Promise<number> {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCode.done;
  // Without a command, the help was shown.
  if (error instanceof CommanderError && error.code === 'commander.help') return exitCode.usage;
  const { printJson, showTrouble } = await import('./output.ts');
  const { exit, trouble } = await failure(error);
  // Who stopped it was told how far it came.
  if (exit !== exitCode.interrupted) showTrouble(trouble);
  const beside = error instanceof KrafterError ? error.beside : {};
  if (wantsJson()) printJson({ ...beside, error: { ...trouble, exit } });
  return exit;
}

type Failure = { readonly exit: number; readonly trouble: Trouble };

async function failure(error: unknown): Promise<Failure> {
  if (error instanceof Error && error.name === 'AbortError')
    return { exit: exitCode.interrupted, trouble: { what: 'Stopped.' } };
  if (error instanceof CommanderError) {
    const { misuse } = await import('./misuse.ts');
    return { exit: exitCode.usage, trouble: misuse(error.message, program, process.argv[2]) };
  }
  if (error instanceof KrafterError) return error;
  const { machineTrouble } = await import('./machine.ts');
  const trouble = machineTrouble(error);
  if (trouble) return { exit: exitCode.environment, trouble };
  const { writeCrash } = await import('./crash.ts');
  return { exit: exitCode.bug, trouble: writeCrash(error) };
}

/** Asked of the words themselves: flags that can not be read are an error too. */
function wantsJson(): boolean {
  const words = process.argv.slice(2);
  const names = words.indexOf('--');
  return (names === -1 ? words : words.slice(0, names)).includes('--json');
}

/** Who reads no further (`krafter ... | head -1`) has what they wanted; a full disk is said. */
function unwritable(this: NodeJS.WriteStream, error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  if (this === process.stdout) process.stderr.write(`krafter: no output: ${error.message}\n`);
  process.exit(exitCode.environment);
}

function argumentOf(command: Command): string {
  return command.registeredArguments.map((argument) => `[${argument.name()}]`).join(' ');
}

async function version(): Promise<string> {
  const { krafterVersion } = await import('./version.ts');
  return krafterVersion;
}
