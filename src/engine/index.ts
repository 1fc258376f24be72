import { refuse } from '../errors.ts';
import type { Platform } from '../model/platform.ts';
import type { Control } from './control.ts';
import type { Engine, EngineName } from './engine.ts';
import { readRunState } from './run-state.ts';

export async function engineNamed(name: EngineName): Promise<Engine> {
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

/** Control over what runs in a project; undefined when nothing does. */
export async function controlOf(
  project: string,
  platform: Platform,
  signal: AbortSignal,
): Promise<Control | undefined> {
  const state = readRunState(project);
  if (!state) return undefined;
  if (state.engine === 'docker') {
    throw refuse({
      what: 'The drills do not run on containers yet; today: krafter up (native).',
      where: '--engine docker',
      next: 'krafter down, then krafter up and krafter verify.',
    });
  }
  const { nativeControl } = await import('./native/control.ts');
  return nativeControl(project, platform, state, signal);
}
