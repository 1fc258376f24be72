import type { Command } from 'commander';
import { exitCode, refuse } from '../../errors.ts';
import { nearest } from '../../nearest.ts';

type Options = { only?: string; json?: true };

export const verifyCommand = (program: Command): Command =>
  program
    .command('verify')
    .usage('[folder] [options]')
    .argument('[folder]', 'the project; default: the one around this folder')
    .description('Break what runs, and show that no record was lost.')
    .option('--only <drills>', 'some of them, with commas between')
    .option('--json', 'results for programs')
    .action(run);

async function run(given: string | undefined, options: Options): Promise<void> {
  const { interruptSignal } = await import('../interrupt.ts');
  const signal = interruptSignal();
  const { drills } = await import('../../drills/index.ts');
  const ids = drills.map(({ id }) => id);
  const wanted = options.only?.split(',').map((id) => id.trim()) ?? ids;
  for (const id of wanted) if (!ids.includes(id)) throw unknownDrill(id, ids);
  const { openProject } = await import('../project.ts');
  const { print, printJson, progressLines, tell } = await import('../output.ts');
  const { runDrills } = await import('../../drills/run.ts');
  const { drillReport } = await import('../../drills/report.ts');
  const { alone } = await import('../../project/index.ts');
  const { folder, platform } = openProject(given);
  const selected = drills.filter(({ id }) => wanted.includes(id));
  const progress = progressLines();
  // Two at once would take each other's broken brokers for a fault.
  const results = await alone(folder, () =>
    runDrills(folder, platform, selected, { progress, signal }),
  )
    .finally(progress.end)
    .catch((error: unknown) => {
      if (!signal.aborted) throw error;
      tell('Stopped. What a drill had ended, krafter up starts again.');
      throw signal.reason;
    });
  if (options.json) printJson({ drills: results });
  else print(drillReport(results));
  if (results.some(({ status }) => status === 'failed')) process.exitCode = exitCode.no;
}

function unknownDrill(id: string, ids: readonly string[]) {
  const near = nearest(id, ids);
  return refuse({
    what: `There is no drill "${id.slice(0, 40)}"; there are ${ids.join(', ')}.`,
    where: '--only',
    next: near ? `Did you mean --only ${near}?` : `krafter verify --only ${ids[0]}`,
  });
}
