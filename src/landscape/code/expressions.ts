import type { Expression } from './program.ts';

/** Whether it is what is asked about; undefined is what a block has as its own `this`. */
export type IsIt = (of: Expression | undefined) => boolean;

export const isOwn = (of: Expression): boolean => of.is === 'name' && /^(this|self)$/.test(of.name);

export const isNothing = (value: Expression): boolean =>
  (value.is === 'name' && /^(null|nil|undefined)$/.test(value.name)) ||
  (value.is === 'text' && value.text === 'None');

export function rootOf(expression: Expression): Expression | undefined {
  let at = expression;
  while (at.is === 'member') at = at.of;
  return at;
}

/** The names from something to its part: `Producer`, `RequiredAcks`. */
export function pathTo(target: Expression, isIt: IsIt): string[] | undefined {
  const path: string[] = [];
  let at: Expression = target;
  while (at.is === 'member' || at.is === 'index') {
    if (at.is === 'member') path.unshift(at.name);
    at = at.of;
    if (isIt(at)) return path;
  }
  return undefined;
}

/** What something is called in the end: the last of its names. */
export const lastNameOf = (expression: Expression): string => {
  switch (expression.is) {
    case 'name':
    case 'member':
      return expression.name;
    case 'index':
      return expression.key.is === 'text' ? expression.key.text : lastNameOf(expression.of);
    case 'call': {
      const [first] = expression.arguments;
      return first?.value.is === 'text' ? first.value.text : lastNameOf(expression.callee);
    }
    default:
      return '';
  }
};
