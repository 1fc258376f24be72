import { refuse } from '../errors.ts';
import type { Platform } from '../model/platform.ts';
import type { Control } from './control.ts';
import type { Engine, EngineName } from './engine.ts';
import { readRunState } from './run-state.ts';

async function engineNamed(name: EngineName): Promise<Engine> {
  switch (name) {
    case 'native':
      return (await import('./native/index.ts')).nativeEngine;
    case 'docker':
      return (await import('./docker/index.ts')).dockerEngine;
  }
}

/** The engine that a project was last started with. */
export const currentEngine = (project: string): Promise<Engine> =>
  engineNamed(readRunState(project)?.engine ?? 'native');

/** The engine asked for, else the one that the project runs with; two at once would share its ports. */
export async function chooseEngine(
  project: string,
  platform: Platform,
  wanted: EngineName | undefined,
): Promise<Engine> {
  const current = await currentEngine(project);
  if (wanted === undefined || wanted === current.name) return current;
  if (await isUp(current, project, platform)) {
    throw refuse({
      what: `${platform.name} is running with the ${current.name} engine.`,
      where: `--engine ${wanted}`,
      why: 'Both engines would take the same ports and events.',
      next: `krafter down, then krafter up --engine ${wanted}`,
    });
  }
  return engineNamed(wanted);
}

/** Whether anything of a project runs; an engine that never started it is not asked. */
export async function isUp(engine: Engine, project: string, platform: Platform): Promise<boolean> {
  if (readRunState(project)?.engine !== engine.name) return false;
  const rows = await engine.running(project, platform);
  return rows.some(({ state }) => state === 'running');
}

/** Control over what runs in a project; undefined when nothing does. */
export async function controlOf(
  project: string,
  platform: Platform,
  signal: AbortSignal,
): Promise<Control | undefined> {
  const state = readRunState(project);
  if (!state) return undefined;
  if (state.engine === 'docker') {
    const { dockerControl } = await import('./docker/control.ts');
    return dockerControl(project, platform, signal);
  }
  const { nativeControl } = await import('./native/control.ts');
  return nativeControl(project, platform, state, signal);
}
