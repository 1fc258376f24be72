import type { Command } from 'commander';
import { exitCode, refuse } from '../../errors.ts';

type Options = { only?: string; json?: true };

export const verifyCommand = (program: Command): Command =>
  program
    .command('verify')
    .usage('[folder] [options]')
    .argument('[folder]', 'the project; default: the one around this folder')
    .description('Break what runs, and show that no record was lost.')
    .option('--only <drills>', 'some of them, with commas between')
    .option('--json', 'results for programs')
    .action(async (given: string | undefined, options: Options) => {
      const { drills } = await import('../../drills/index.ts');
      const { nearest } = await import('../../nearest.ts');
      const ids = drills.map(({ id }) => id);
      const wanted = options.only?.split(',').map((id) => id.trim()) ?? ids;
      for (const id of wanted) {
        if (ids.includes(id)) continue;
        const near = nearest(id, ids);
        throw refuse({
          what: `There is no drill "${id.slice(0, 40)}"; there are ${ids.join(', ')}.`,
          where: '--only',
          next: near ? `Did you mean --only ${near}?` : `krafter verify --only ${ids[0]}`,
        });
      }
      const { openProject } = await import('../project.ts');
      const { interruptSignal } = await import('../interrupt.ts');
      const { print, printJson, progressLines } = await import('../output.ts');
      const { runDrills } = await import('../../drills/run.ts');
      const { drillReport } = await import('../../drills/report.ts');
      const { folder, platform } = openProject(given);
      const progress = progressLines();
      const results = await runDrills(
        folder,
        platform,
        drills.filter(({ id }) => wanted.includes(id)),
        { progress, signal: interruptSignal() },
      ).finally(progress.end);
      if (options.json) printJson({ drills: results });
      else print(drillReport(results));
      if (results.some(({ status }) => status === 'failed')) process.exitCode = exitCode.no;
    });
