import type { Located } from './facts/configuration.ts';
import type { Landscape } from './facts/index.ts';
import { knownText } from './facts/setting.ts';
import { programOf } from './readers/program.ts';

/** A listener without a group of its own has that of its program's application.yml, if there is one. */
export function withSpringGroups(landscape: Landscape): Landscape {
  const { uses } = landscape;
  const programs = new Set(uses.flatMap((one) => (isWithoutGroup(one) ? one.program : [])));
  if (programs.size === 0) return landscape;
  const groups = new Map([...programs].map((one) => [one, groupOf(one, landscape)]));
  return {
    ...landscape,
    uses: uses.map((one) => {
      const group = isWithoutGroup(one) ? groups.get(one.program) : undefined;
      return group ? { ...one, group } : one;
    }),
  };
}

const isWithoutGroup = ({ isListener, group }: Landscape['uses'][number]): boolean =>
  isListener === true && group === undefined;

/** Undefined where profiles have several, or a factory in the program says its own. */
function groupOf(program: string, { configurations }: Landscape): Located | undefined {
  const settings = configurations
    .filter(({ kind, file }) => kind === 'consumer' && programOf(file) === program)
    .flatMap(({ settings: all, code, framework }) =>
      code || framework?.name === 'spring-kafka'
        ? all.filter(({ key }) => key === 'group.id').map((one) => ({ ...one, code }))
        : [],
    );
  const [first] = settings;
  const texts = new Set(settings.map(({ value }) => knownText(value)));
  return first && texts.size === 1 && !settings.some(({ code }) => code)
    ? { value: first.value, at: first.valueAt }
    : undefined;
}
