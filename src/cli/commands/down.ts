import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { refuse } from '../../errors.ts';

type Options = { volumes?: true; yes?: true; json?: true };

export const downCommand = (program: Command): Command =>
  program
    .command('down')
    .usage('[folder] [options]')
    .argument('[folder]', 'the project; default: the one around this folder')
    .description('End what up started, and nothing else.')
    .option('--volumes', 'forget the data too (asks first)')
    .option('--yes', 'do not ask')
    .option('--json', 'what was ended, for programs')
    .action(async (given: string | undefined, options: Options) => {
      const { projectFolder } = await import('../folders.ts');
      const { alone } = await import('../../project/index.ts');
      const { progressLines, printJson, tell } = await import('../output.ts');
      const { currentEngine } = await import('../../engine/index.ts');
      // A blueprint that nobody can read must not keep processes running.
      const folder = projectFolder(given);
      await requireProject(folder);
      if (options.volumes && !options.yes) await confirm();
      const progress = progressLines();
      const engine = await currentEngine(folder);
      finishDespiteSignals(() =>
        tell('Ending what runs; half a platform would be left otherwise.'),
      );
      const volumes = options.volumes === true;
      const result = await alone(folder, () => engine.down(folder, { progress, volumes }));
      progress.end();
      if (options.json) printJson(result);
      else if (result.ended === 0) tell('Nothing of this project was running.');
      if (options.volumes && !options.json) tell('The data is forgotten.');
    });

/** Nothing was ever started in a folder that has neither a blueprint nor a run. */
async function requireProject(folder: string): Promise<void> {
  const { blueprintFile } = await import('../../blueprint/write.ts');
  const { workFolder } = await import('../../engine/run-state.ts');
  if ([join(folder, blueprintFile), workFolder(folder)].some((path) => existsSync(path))) return;
  throw refuse({
    what: 'There is no project of krafter here.',
    where: folder,
    next: 'Go to its folder, or name it: krafter down FOLDER',
  });
}

/** Ctrl-C in the middle would leave brokers without anybody who knows of them. */
function finishDespiteSignals(explain: () => void): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, explain);
}

async function confirm(): Promise<void> {
  if (!process.stdin.isTTY) {
    throw refuse({
      what: 'Forgetting the data needs a yes, and there is no terminal to ask.',
      where: '--volumes',
      next: 'krafter down --volumes --yes',
    });
  }
  const { confirm: ask, isCancel } = await import('@clack/prompts');
  const answer = await ask({
    message: 'Forget all records of this platform?',
    initialValue: false,
  });
  if (isCancel(answer)) throw new DOMException('stopped at a question', 'AbortError');
  if (!answer) {
    throw refuse({
      what: 'Nothing was ended, nothing forgotten.',
      next: 'krafter down ends it and keeps the data.',
    });
  }
}
