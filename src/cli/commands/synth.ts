import type { Command } from 'commander';
import { exitCode } from '../../errors.ts';
import { oneOf } from '../choice.ts';

type Options = { conflicts: 'beside' | 'markers'; dryRun?: true; json?: true };

export const synthCommand = (program: Command): Command =>
  program
    .command('synth')
    .usage('[folder] [options]')
    .argument('[folder]', 'the project; default: the one around this folder')
    .description('Write the files again from krafter.yaml; your changes stay.')
    .option(
      '--conflicts <beside|markers>',
      'the new text beside yours, or markers in the file',
      oneOf('--conflicts', ['beside', 'markers']),
      'beside',
    )
    .option('--dry-run', 'show what would change, write nothing')
    .option('--json', 'the plan, for programs')
    .action(run);

async function run(given: string | undefined, options: Options): Promise<void> {
  const { projectFolder } = await import('../folders.ts');
  const { applyPlan, planReport, recover } = await import('../../project/index.ts');
  const { plannedSynthesis } = await import('../synthesis.ts');
  const { printJson, tell, wrap, yellow } = await import('../output.ts');

  const folder = projectFolder(given);
  await recover(folder);
  const { plan, notes } = await plannedSynthesis(folder);
  for (const note of notes) tell(`${yellow('!')} ${wrap(note, '  ')}`);
  const report = planReport(plan);
  if (!options.dryRun) await applyPlan(plan, { conflicts: options.conflicts });
  const conflicts = report.files.filter(({ action }) => action === 'conflict');
  if (conflicts.length > 0) process.exitCode = exitCode.no;
  if (options.json) return printJson({ ...report, notes });

  const changed = report.files.filter(
    ({ action }) => action !== 'unchanged' && action !== 'conflict',
  );
  for (const { action, path, reason } of changed) {
    tell(wrap(`${action.padEnd(7)} ${path}${reason ? ` (${reason})` : ''}`, '        '));
  }
  if (changed.length === 0 && conflicts.length === 0) tell('Nothing to change.');
  else
    tell(
      `${changed.length} files ${options.dryRun ? 'would change' : 'changed'}, ${report.totals.unchanged} as they were.`,
    );
  if (conflicts.length === 0) return;
  tell(
    `\n${yellow(`${conflicts.length} conflict${conflicts.length === 1 ? '' : 's'}`)}, your version stays:`,
  );
  for (const { path, reason } of conflicts) tell(wrap(`  ${path}: ${reason ?? ''}`, '    '));
  tell(
    wrap(
      options.conflicts === 'markers'
        ? '\nSettle the marked places, then run krafter synth again.'
        : "\nkrafter's new text lies beside each as NAME.krafter-new. Until then these files are wholly as they were, and may be out of step with the others. Take from it what you want, remove it, and run krafter synth again.",
      '',
    ),
  );
}
