import { type Call, type Expression, type Scope, scopesIn } from '../../code/program.ts';

/** Whether what a constructor makes is given to other code, or kept where other files reach it. */
export function isShared(call: Call, file: Scope, isAskedAgain: boolean): boolean {
  const names = new Set<string>();
  for (const scope of scopesIn(file)) {
    for (const { target, value } of scope.assignments)
      if (value === call && (target.is === 'name' || target.is === 'member'))
        names.add(target.name);
    if (scope.returns.includes(call)) return true;
  }
  if (names.size === 0) return !isAskedAgain;
  const isIt = (one: Expression) =>
    (one.is === 'name' || one.is === 'member') && names.has(one.name);
  for (const scope of scopesIn(file)) {
    if (scope.returns.some((one) => refersTo(one, isIt))) return true;
    for (const { call: other } of scope.calls)
      if (other.arguments.some(({ value }) => refersTo(value, isIt))) return true;
    for (const { target, value } of scope.assignments)
      if (value && isIt(value) && !isIt(target)) return true;
  }
  return false;
}

/** Whether something is handed on in an expression, as it is or in what is put together. */
function refersTo(expression: Expression, isIt: (one: Expression) => boolean): boolean {
  if (isIt(expression)) return true;
  switch (expression.is) {
    case 'map':
      return expression.entries.some(({ value }) => refersTo(value, isIt));
    case 'list':
      return expression.items.some((item) => refersTo(item, isIt));
    case 'other':
    case 'sum':
      return expression.parts.some((part) => refersTo(part, isIt));
    case 'call':
      return expression.arguments.some(({ value }) => refersTo(value, isIt));
    default:
      return false;
  }
}

/** Only a function has it. */
export const isLocal = (call: Call, { kind, assignments }: Scope): boolean =>
  kind === 'function' &&
  assignments.some(({ target, value }) => value === call && target.is === 'name');
