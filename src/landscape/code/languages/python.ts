import type { SyntaxNode } from '../../../files/formats/syntax-tree.ts';
import {
  binary,
  block,
  boolean,
  branch,
  field,
  type Handler,
  type Handlers,
  identifier,
  inner,
  type Lowering,
  memberOf,
  nameOf,
  negative,
  nothing,
  number,
  other,
  quoted,
  type State,
  textOf,
  used,
} from '../lowering.ts';
import type { Argument, Entry, Expression, Scope } from '../program.ts';

const dotted = (node: SyntaxNode, lowering: Lowering): Expression => {
  const [first = '', ...rest] = lowering.words(node).split('.');
  return rest.reduce<Expression>((of, name) => memberOf(node, of, name), nameOf(node, first));
};

/** A type that is a plain or dotted name; of `Producer | None` and `Optional[Producer]` the one. */
function typeOf(node: SyntaxNode | undefined, lowering: Lowering): Expression | undefined {
  const words = node ? lowering.words(node) : '';
  const name = /^["']?(?:Optional\[)?([\w.]+)\]?(?: \| None)?["']?$/.exec(words)?.[1];
  if (!node || !name) return undefined;
  const [first = '', ...rest] = name.split('.');
  return rest.reduce<Expression>((of, one) => memberOf(node, of, one), nameOf(node, first));
}

const parametersOf = (node: SyntaxNode | undefined, lowering: Lowering): Scope['parameters'] =>
  (node?.children ?? []).flatMap((one) => {
    const name = one.type === 'identifier' ? one : (field(one, 'name') ?? one.children[0]);
    const type = typeOf(field(one, 'type'), lowering);
    return name?.type === 'identifier'
      ? [{ name: lowering.words(name), ...(type && { type }) }]
      : [];
  });

function argumentsOf(node: SyntaxNode | undefined, state: State, lowering: Lowering): Argument[] {
  return (node?.children ?? []).map((one): Argument => {
    const [name, value] = [field(one, 'name'), field(one, 'value')];
    if (one.type === 'keyword_argument' && name && value)
      return { name: lowering.words(name), value: lowering.visit(value, used(state)) };
    if (one.type === 'dictionary_splat')
      return { name: '**', value: lowering.visit(one.children[0], used(state)) };
    if (one.type === 'list_splat')
      return { name: '*', value: lowering.visit(one.children[0], used(state)) };
    return { value: lowering.visit(one, used(state)) };
  });
}

const string = quoted(/^string_content$/, /^string_(start|end)$/);

const loop: Handler = (node, state, lowering) => {
  for (const child of node.children) {
    const again = child.field === 'body';
    lowering.visit(child, {
      ...state,
      ...(again && { loop: node, sometimes: true }),
      result: 'used',
    });
  }
  return nothing(node);
};

/** Names that a function says are not its own. */
const globals = new WeakMap<Scope, Set<string>>();

const global: Handler = (node, state, lowering) => {
  const names = globals.get(state.scope) ?? new Set();
  for (const child of node.children) names.add(lowering.words(child));
  globals.set(state.scope, names);
  return nothing(node);
};

export const python: Handlers = {
  global_statement: global,
  nonlocal_statement: global,
  import_statement: (node, _state, lowering) => {
    for (const one of node.children) {
      const [name, alias] = [field(one, 'name'), field(one, 'alias')];
      const full = lowering.words(name ?? one);
      // `import a.b` gives `a`.
      const local = alias ? lowering.words(alias) : (full.split('.')[0] ?? full);
      lowering.imported(local, alias ? full : local, one);
    }
    return nothing(node);
  },
  import_from_statement: (node, _state, lowering) => {
    const from = field(node, 'module_name');
    const module = from ? lowering.words(from) : '';
    for (const one of node.children) {
      if (one.field !== 'name') continue;
      const [name, alias] = [field(one, 'name'), field(one, 'alias')];
      const full = lowering.words(name ?? one);
      const separator = module.endsWith('.') ? '' : '.';
      lowering.imported(alias ? lowering.words(alias) : full, `${module}${separator}${full}`, one);
    }
    if (node.children.some(({ type }) => type === 'wildcard_import')) lowering.open.push(module);
    return nothing(node);
  },
  class_definition: (node, state, lowering) => {
    const name = field(node, 'name');
    lowering.within('class', name && lowering.words(name), field(node, 'body'), state);
    return nothing(node);
  },
  function_definition: (node, state, lowering) => {
    const name = field(node, 'name');
    lowering.within(
      'function',
      name && lowering.words(name),
      field(node, 'body'),
      state,
      parametersOf(field(node, 'parameters'), lowering),
    );
    return nothing(node);
  },
  decorated_definition: block,
  lambda: (node, state, lowering) =>
    lowering.lambda(
      node,
      field(node, 'body'),
      false,
      state,
      parametersOf(field(node, 'parameters'), lowering),
    ),
  expression_statement: (node, state, lowering) =>
    lowering.visit(node.children[0], { ...state, result: 'dropped' }),
  block,
  try_statement: block,
  finally_clause: block,
  else_clause: branch,
  except_clause: branch,
  if_statement: branch,
  elif_clause: branch,
  match_statement: branch,
  case_clause: branch,
  for_statement: loop,
  while_statement: loop,
  list_comprehension: (node, state, lowering) => {
    for (const child of node.children)
      lowering.visit(child, { ...state, loop: node, sometimes: true, result: 'used' });
    return nothing(node);
  },
  with_statement: block,
  with_clause: block,
  with_item: (node, state, lowering) => lowering.visit(field(node, 'value'), used(state)),
  // `with AIOKafkaProducer(...) as producer`, which closes it.
  as_pattern: (node, state, lowering) => {
    const made = lowering.visit(node.children[0], used(state));
    const target = field(node, 'alias')?.children[0];
    if (!target) return made;
    const name = lowering.visit(target, used(state));
    lowering.assign(node, name, made, state);
    return lowering.call(node, memberOf(node, name, 'close'), [], { ...state, result: 'awaited' });
  },
  return_statement: (node, state, lowering) => {
    const [value] = node.children;
    if (value) state.scope.returns.push(lowering.visit(value, used(state)));
    return nothing(node);
  },
  assignment: (node, state, lowering) => {
    const right = field(node, 'right');
    const value = right && lowering.visit(right, used(state));
    const target = lowering.visit(field(node, 'left'), used(state));
    const isOwn = target.is !== 'name' || !globals.get(state.scope)?.has(target.name);
    lowering.assign(node, target, value, state, typeOf(field(node, 'type'), lowering), isOwn);
    return value ?? nothing(node);
  },
  augmented_assignment: (node, state, lowering) => {
    const target = lowering.visit(field(node, 'left'), used(state));
    lowering.visit(field(node, 'right'), used(state));
    lowering.assign(node, target, undefined, state);
    return nothing(node);
  },
  call: (node, state, lowering) =>
    lowering.call(
      node,
      lowering.visit(field(node, 'function'), used(state)),
      argumentsOf(field(node, 'arguments'), state, lowering),
      state,
    ),
  attribute: (node, state, lowering) => {
    const [of, name] = [field(node, 'object'), field(node, 'attribute')];
    return memberOf(node, lowering.visit(of, used(state)), name ? lowering.words(name) : '');
  },
  subscript: (node, state, lowering) => ({
    is: 'index',
    of: lowering.visit(field(node, 'value'), used(state)),
    key: lowering.visit(field(node, 'subscript'), used(state)),
    start: node.start,
    end: node.end,
  }),
  await: (node, state, lowering) =>
    lowering.visit(node.children[0], { ...state, result: 'awaited' }),
  dictionary: (node, state, lowering) => ({
    is: 'map',
    entries: node.children.map((one): Entry => {
      const [key, value] = [field(one, 'key'), field(one, 'value')];
      return one.type === 'pair'
        ? { key: lowering.visit(key, used(state)), value: lowering.visit(value, used(state)) }
        : { value: lowering.visit(one.children[0], used(state)) };
    }),
    start: node.start,
    end: node.end,
  }),
  list: items,
  tuple: items,
  set: items,
  boolean_operator: (node, state, lowering) =>
    binary(node, field(node, 'left'), field(node, 'right'), state, lowering),
  binary_operator: (node, state, lowering) =>
    binary(node, field(node, 'left'), field(node, 'right'), state, lowering),
  conditional_expression: branch,
  parenthesized_expression: inner(),
  string,
  concatenated_string: (node, state, lowering) => {
    const parts = node.children.map((child) => lowering.visit(child, used(state)));
    return { is: 'sum', parts, start: node.start, end: node.end };
  },
  dotted_name: (node, _state, lowering) => dotted(node, lowering),
  identifier,
  integer: number,
  float: number,
  true: boolean,
  false: boolean,
  none: (node) => textOf(node, 'None'),
  unary_operator: negative,
  interpolation: (node, state, lowering) =>
    other(node, [lowering.visit(field(node, 'expression'), used(state))]),
};

function items(node: SyntaxNode, state: State, lowering: Lowering): Expression {
  return {
    is: 'list',
    items: node.children.map((one) => lowering.visit(one, used(state))),
    start: node.start,
    end: node.end,
  };
}
