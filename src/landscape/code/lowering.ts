import type { Span, SyntaxNode } from '../../files/formats/syntax-tree.ts';
import type { Annotation, Argument, Circumstances, Expression, Scope } from './program.ts';

/** What surrounds a node. */
export type State = Circumstances & { readonly scope: Scope };

/** What to make of a type of node. */
export type Handler = (node: SyntaxNode, state: State, lowering: Lowering) => Expression;
export type Handlers = Readonly<Record<string, Handler>>;

/** One walk over a file's tree, which leaves in its scopes what the file says. */
export class Lowering {
  readonly text: string;
  readonly imports = new Map<string, string>();
  readonly importedAt = new Map<string, Span>();
  readonly open: string[] = [];
  module: string | undefined;
  readonly #handlers: Handlers;

  constructor(text: string, handlers: Handlers) {
    this.text = text;
    this.#handlers = handlers;
  }

  words(node: SyntaxNode): string {
    return this.text.slice(node.start, node.end);
  }

  imported(local: string, full: string, at: Span): void {
    this.imports.set(local, full);
    if (!this.importedAt.has(full)) this.importedAt.set(full, { start: at.start, end: at.end });
  }

  visit(node: SyntaxNode | undefined, state: State): Expression {
    if (!node) return nothing({ start: 0, end: 0 });
    const handler = this.#handlers[node.type];
    return handler ? handler(node, state, this) : this.parts(node, state);
  }

  /** Of what has no meaning here, what is inside it. */
  parts(node: SyntaxNode, state: State): Expression {
    return other(
      node,
      node.children.map((child) => this.visit(child, used(state))),
    );
  }

  /** Statements, each of whose results nobody takes. */
  statements(nodes: readonly SyntaxNode[], state: State): void {
    for (const node of nodes) this.visit(node, { ...state, result: 'dropped' });
  }

  call(
    node: Span,
    callee: Expression,
    given: readonly Argument[],
    { scope, loop, sometimes, result }: State,
  ): Expression {
    const call = {
      is: 'call',
      callee,
      arguments: given,
      start: node.start,
      end: node.end,
    } as const;
    scope.calls.push({ call, circumstances: { loop, sometimes, result } });
    return call;
  }

  assign(
    node: SyntaxNode,
    target: Expression,
    value: Expression | undefined,
    { scope, loop, sometimes, result }: State,
    type?: Expression,
    declares = true,
  ): void {
    scope.assignments.push({
      declares,
      within: scope,
      target,
      ...(value && { value }),
      ...(type && { type }),
      circumstances: { loop, sometimes, result },
      start: node.start,
      end: node.end,
    });
  }

  /** What a function sets that is not its own goes to the scope whose it is. */
  handOut(scope: Scope): void {
    for (const inner of scope.scopes) this.handOut(inner);
    const own = scope.assignments.filter((one) => {
      const name = !one.declares && one.target.is === 'name' ? one.target.name : undefined;
      const owner = name === undefined ? scope : ownerOf(name, scope);
      if (owner !== scope) owner.assignments.push(one);
      return owner === scope;
    });
    scope.assignments.splice(0, scope.assignments.length, ...own);
  }

  /** A class or function, and what is in it. */
  within(
    kind: 'class' | 'function',
    name: string | undefined,
    body: SyntaxNode | undefined,
    state: State,
    parameters: Scope['parameters'] = [],
    annotations: readonly Annotation[] = [],
  ): Scope {
    const scope: Scope = {
      ...newScope(kind),
      ...(name !== undefined && { name }),
      above: state.scope,
      parameters,
      annotations: [...annotations],
    };
    state.scope.scopes.push(scope);
    this.statements(body?.children ?? [], {
      loop: undefined,
      sometimes: false,
      result: 'used',
      scope,
    });
    return scope;
  }

  /** A function whose body may be one expression, which it returns; what surrounds it goes on within. */
  lambda(
    node: SyntaxNode,
    body: SyntaxNode | undefined,
    isBlock: boolean,
    state: State,
    parameters: Scope['parameters'],
  ): Expression {
    const scope: Scope = { ...newScope('function'), above: state.scope, parameters };
    state.scope.scopes.push(scope);
    const inside = { scope, loop: state.loop, sometimes: false, result: 'used' } as const;
    if (isBlock) this.statements(body?.children ?? [], inside);
    else if (body) scope.returns.push(this.visit(body, inside));
    return { is: 'function', scope, start: node.start, end: node.end };
  }
}

/** The nearest scope around that declares a name; the same one where none does. */
function ownerOf(name: string, from: Scope): Scope {
  for (let scope: Scope | undefined = from; scope; scope = scope.above) {
    const isOwn = ({ target, declares }: Scope['assignments'][number]) =>
      declares && target.is === 'name' && target.name === name;
    if (scope.assignments.some(isOwn) || scope.parameters.some((one) => one.name === name))
      return scope;
  }
  return from;
}

export const newScope = (kind: Scope['kind']): Scope => ({
  kind,
  parameters: [],
  assignments: [],
  calls: [],
  returns: [],
  annotations: [],
  scopes: [],
});

export const used = (state: State): State => ({ ...state, result: 'used' });

export const other = ({ start, end }: Span, parts: readonly Expression[]): Expression => ({
  is: 'other',
  parts,
  start,
  end,
});

/** A statement, which is worth nothing. */
export const nothing = (node: Span): Expression => other(node, []);

export const textOf = ({ start, end }: Span, text: string): Expression => ({
  is: 'text',
  text,
  start,
  end,
});

export const nameOf = ({ start, end }: Span, name: string): Expression => ({
  is: 'name',
  name,
  start,
  end,
});

export const memberOf = ({ start, end }: Span, of: Expression, name: string): Expression => ({
  is: 'member',
  of,
  name,
  start,
  end,
});

/** The child in a role. */
export const field = ({ children }: SyntaxNode, name: string): SyntaxNode | undefined =>
  children.find((child) => child.field === name);

export const ofType = ({ children }: SyntaxNode, ...types: string[]): SyntaxNode | undefined =>
  children.find(({ type }) => types.includes(type));

/** What stands between two operands. */
export const operatorOf = (
  { text }: Lowering,
  left: SyntaxNode | undefined,
  right: SyntaxNode | undefined,
): string => (left && right ? text.slice(left.end, right.start).trim() : '');

/** `a + b`, `a ?? b`: other operators make something that files don't tell. */
export function binary(
  node: SyntaxNode,
  left: SyntaxNode | undefined,
  right: SyntaxNode | undefined,
  state: State,
  lowering: Lowering,
): Expression {
  const operator = operatorOf(lowering, left, right);
  const parts = [left, right].map((one) => lowering.visit(one, used(state)));
  const [first, second] = parts as [Expression, Expression];
  const { start, end } = node;
  if (operator === '+' || operator === '|') return { is: 'sum', parts, start, end };
  if (['??', '||', '?:', 'or'].includes(operator))
    return { is: 'default', first, otherwise: second, start, end };
  if (operator === '*') return { is: 'product', parts, start, end };
  return other(node, parts);
}

/** What is in it happens only now and then. */
export const branch: Handler = (node, state, lowering) => {
  for (const child of node.children)
    lowering.visit(child, {
      ...state,
      sometimes: true,
      result: child.field === 'condition' || child.field === 'value' ? 'used' : 'dropped',
    });
  return nothing(node);
};

/** The last part again and again; what comes before it once. */
export const loop: Handler = (node, state, lowering) => {
  node.children.forEach((child, index) => {
    const again = index === node.children.length - 1;
    lowering.visit(child, {
      ...state,
      ...(again && { loop: node, sometimes: true }),
      result: again ? 'dropped' : 'used',
    });
  });
  return nothing(node);
};

export const block: Handler = (node, state, lowering) => {
  lowering.statements(node.children, state);
  return nothing(node);
};

/** What stands for what is in it: parentheses, casts. */
export const inner =
  (name?: string): Handler =>
  (node, state, lowering) =>
    lowering.visit(name === undefined ? node.children.at(-1) : field(node, name), state);

export const identifier: Handler = (node, _state, lowering) => nameOf(node, lowering.words(node));

export const number: Handler = (node, _state, lowering) => ({
  is: 'text',
  text: lowering
    .words(node)
    .replaceAll('_', '')
    .replace(/[lLfFdDn]$/, ''),
  number: true,
  start: node.start,
  end: node.end,
});

export const boolean: Handler = (node, _state, lowering) =>
  textOf(node, lowering.words(node).toLowerCase());

/** What is built out of pieces of which one is not text is known no more than that piece. */
export const quoted =
  (piece: RegExp, ignored?: RegExp): Handler =>
  (node, state, lowering) => {
    const parts = node.children.filter(({ type }) => !ignored?.test(type));
    const isText = ({ type }: SyntaxNode) => piece.test(type) || type === 'escape_sequence';
    if (parts.every(isText)) {
      const text = unescaped(parts.map((part) => lowering.words(part)).join(''));
      if (text !== undefined) return textOf(node, text);
    }
    return other(
      node,
      parts.map((part) => (isText(part) ? nothing(part) : lowering.visit(part, used(state)))),
    );
  };

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** With the escapes that all languages share; undefined where there are others. */
function unescaped(text: string): string | undefined {
  if (!text.includes('\\')) return text;
  if (/(?<!\\)(?:\\\\)*\\[^"'\\ntr]/.test(text)) return undefined;
  return text.replaceAll(/\\(.)/g, (_, character: string) => escapes[character] ?? character);
}

export const negative: Handler = (node, state, lowering) => {
  const operand = lowering.visit(node.children.at(-1), used(state));
  return operand.is === 'text' && lowering.text[node.start] === '-' && /^\d/.test(operand.text)
    ? { ...operand, text: `-${operand.text}`, start: node.start, end: node.end }
    : other(node, [operand]);
};
