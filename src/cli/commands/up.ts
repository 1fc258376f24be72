import type { Command } from 'commander';
import { oneOf } from '../choice.ts';

export const upCommand = (program: Command): Command =>
  program
    .command('up')
    .usage('[folder] [options]')
    .argument('[folder]', 'the project; default: the one around this folder')
    .description("Run the project's own files on this machine.")
    .option(
      '--engine <native|docker>',
      'native: no Docker needed',
      oneOf('--engine', ['native', 'docker']),
      'native',
    )
    .option('--json', 'what runs, for programs')
    .action(
      async (folder: string | undefined, options: { engine: 'native' | 'docker'; json?: true }) => {
        const { openProject } = await import('../project.ts');
        const { progressLines, tell, print, wrap, dim } = await import('../output.ts');
        const { interruptSignal } = await import('../interrupt.ts');
        const { engineNamed } = await import('../../engine/index.ts');
        const project = openProject(folder);
        const engine = await engineNamed(options.engine);
        const progress = progressLines();
        const signal = interruptSignal();
        try {
          await engine.up(project.folder, project.platform, { progress, signal });
        } catch (error) {
          progress.end();
          // Half a platform is of no use: end what was started, keep data and logs.
          const { ended } = await engine.down(project.folder, { progress, volumes: false });
          progress.end();
          if (signal.aborted)
            tell(`Stopped; ${ended} processes ended. The project lies in ${project.folder}`);
          throw error;
        }
        progress.end();
        const { statusOf, statusText } = await import('../../engine/status.ts');
        const status = await statusOf(project.folder, project.platform);
        if (options.json) print(JSON.stringify(status, null, 2));
        else {
          tell(statusText(status));
          tell(dim(wrap('\nNext: krafter verify proves it, krafter down ends it.', '')));
        }
      },
    );
