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
  loop,
  memberOf,
  nameOf,
  negative,
  nothing,
  number,
  ofType,
  operatorOf,
  quoted,
  type State,
  used,
} from '../lowering.ts';
import type { Annotation, Argument, Expression, Scope } from '../program.ts';

const declaration: Handler = (node, state, lowering) => {
  const type = field(node, 'type');
  for (const child of node.children) {
    if (child.type !== 'variable_declarator') continue;
    const name = field(child, 'name');
    const value = field(child, 'value');
    if (!name) continue;
    const given = value ?? injected(node);
    lowering.assign(
      child,
      nameOf(name, lowering.words(name)),
      given && lowering.visit(given, used(state)),
      state,
      type && typeOf(type, lowering),
    );
  }
  return nothing(node);
};

/** What Spring puts into a field: the text of its @Value. */
function injected(node: SyntaxNode): SyntaxNode | undefined {
  const annotations = ofType(node, 'modifiers')?.children ?? [];
  return annotations
    .filter(({ type }) => type === 'annotation')
    .map((one) => field(one, 'arguments')?.children[0])
    .find((one) => one?.type === 'string_literal');
}

/** Without what it is generic in. */
function typeOf(node: SyntaxNode, lowering: Lowering): Expression {
  const plain = node.type === 'generic_type' ? (node.children[0] ?? node) : node;
  return dotted(plain, lowering.words(plain).split('.'));
}

const dotted = (at: SyntaxNode, [first = '', ...rest]: readonly string[]): Expression =>
  rest.reduce<Expression>((of, name) => memberOf(at, of, name), nameOf(at, first));

function annotationsOf(node: SyntaxNode, state: State, lowering: Lowering): Annotation[] {
  return (ofType(node, 'modifiers')?.children ?? [])
    .filter(({ type }) => type === 'annotation' || type === 'marker_annotation')
    .map((one) => {
      const name = field(one, 'name');
      const given = (field(one, 'arguments')?.children ?? []).map((argument): Argument => {
        const [key, value] = [field(argument, 'key'), field(argument, 'value')];
        return argument.type === 'element_value_pair' && key && value
          ? { name: lowering.words(key), value: lowering.visit(value, used(state)) }
          : { name: 'value', value: lowering.visit(argument, used(state)) };
      });
      const words = name ? lowering.words(name) : '';
      return { name: words, arguments: given, start: one.start, end: one.end };
    });
}

const parametersOf = (node: SyntaxNode | undefined, lowering: Lowering): Scope['parameters'] =>
  (node?.type === 'identifier' ? [node] : (node?.children ?? [])).flatMap((one) => {
    const name = one.type === 'identifier' ? one : field(one, 'name');
    const type = field(one, 'type');
    return name
      ? [{ name: lowering.words(name), ...(type && { type: typeOf(type, lowering) }) }]
      : [];
  });

const method: Handler = (node, state, lowering) => {
  const name = field(node, 'name');
  lowering.within(
    'function',
    name && lowering.words(name),
    field(node, 'body'),
    state,
    parametersOf(field(node, 'parameters'), lowering),
    annotationsOf(node, state, lowering),
  );
  return nothing(node);
};

const type: Handler = (node, state, lowering) => {
  const name = field(node, 'name');
  const scope = lowering.within(
    'class',
    name && lowering.words(name),
    undefined,
    state,
    // A record's components are its fields.
    parametersOf(field(node, 'parameters'), lowering),
    annotationsOf(node, state, lowering),
  );
  lowering.statements(field(node, 'body')?.children ?? [], { ...state, scope });
  return nothing(node);
};

const argumentsOf = (node: SyntaxNode | undefined, state: State, lowering: Lowering): Argument[] =>
  (node?.children ?? []).map((one) => ({ value: lowering.visit(one, used(state)) }));

export const java: Handlers = {
  package_declaration: (node, _state, lowering) => {
    lowering.module = lowering.words(node.children.at(-1) ?? node);
    return nothing(node);
  },
  import_declaration: (node, _state, lowering) => {
    const [path] = node.children;
    const full = path ? lowering.words(path) : '';
    if (ofType(node, 'asterisk')) lowering.open.push(full);
    else lowering.imported(full.slice(full.lastIndexOf('.') + 1), full, path ?? node);
    return nothing(node);
  },
  class_declaration: type,
  interface_declaration: type,
  enum_declaration: type,
  record_declaration: type,
  enum_body_declarations: block,
  method_declaration: method,
  constructor_declaration: method,
  compact_constructor_declaration: method,
  field_declaration: declaration,
  constant_declaration: declaration,
  local_variable_declaration: declaration,
  resource: (node, state, lowering) => {
    const [name, of, value] = ['name', 'type', 'value'].map((role) => field(node, role));
    if (!name || !value) return lowering.parts(node, state);
    const made = lowering.visit(value, used(state));
    lowering.assign(
      node,
      nameOf(name, lowering.words(name)),
      made,
      state,
      of && typeOf(of, lowering),
    );
    // What opens it closes it.
    const close = memberOf(node, nameOf(name, lowering.words(name)), 'close');
    return lowering.call(node, close, [], { ...state, result: 'awaited' });
  },
  expression_statement: (node, state, lowering) =>
    lowering.visit(node.children[0], { ...state, result: 'dropped' }),
  block,
  constructor_body: block,
  static_initializer: block,
  class_body: block,
  synchronized_statement: block,
  labeled_statement: block,
  try_statement: block,
  try_with_resources_statement: block,
  finally_clause: block,
  if_statement: branch,
  switch_expression: branch,
  switch_block: branch,
  switch_block_statement_group: branch,
  switch_rule: branch,
  catch_clause: branch,
  enhanced_for_statement: loop,
  for_statement: loop,
  while_statement: loop,
  do_statement: (node, state, lowering) => {
    lowering.statements(node.children, { ...state, loop: node, sometimes: true });
    return nothing(node);
  },
  return_statement: (node, state, lowering) => {
    const [value] = node.children;
    if (value) state.scope.returns.push(lowering.visit(value, used(state)));
    return nothing(node);
  },
  assignment_expression: (node, state, lowering) => {
    const [left, right] = [field(node, 'left'), field(node, 'right')];
    const [target, value] = [left, right].map((one) => lowering.visit(one, used(state)));
    const isPlain = operatorOf(lowering, left, right) === '=';
    if (target) lowering.assign(node, target, isPlain ? value : undefined, state, undefined, false);
    return value ?? nothing(node);
  },
  method_invocation: (node, state, lowering) => {
    const [of, name] = [field(node, 'object'), field(node, 'name')];
    const words = name ? lowering.words(name) : '';
    const callee = of
      ? memberOf(name ?? node, lowering.visit(of, used(state)), words)
      : nameOf(name ?? node, words);
    return lowering.call(
      node,
      callee,
      argumentsOf(field(node, 'arguments'), state, lowering),
      state,
    );
  },
  object_creation_expression: (node, state, lowering) => {
    const of = field(node, 'type');
    const callee = of ? typeOf(of, lowering) : nothing(node);
    const body = ofType(node, 'class_body');
    const given = argumentsOf(field(node, 'arguments'), state, lowering);
    const made = lowering.call(node, callee, given, state);
    if (!body) return made;
    // `new HashMap<>() {{ put(...); }}`
    const first = body.children.find((child) => child.type === 'block');
    const filled = lowering.lambda(body, first, true, state, []);
    lowering.statements(
      body.children.filter((child) => child !== first),
      state,
    );
    return lowering.call(node, memberOf(node, made, 'apply'), [{ value: filled }], used(state));
  },
  lambda_expression: (node, state, lowering) => {
    const body = field(node, 'body');
    const parameters = parametersOf(field(node, 'parameters'), lowering);
    return lowering.lambda(node, body, body?.type === 'block', state, parameters);
  },
  field_access: (node, state, lowering) => {
    const [of, name] = [field(node, 'object'), field(node, 'field')];
    return memberOf(node, lowering.visit(of, used(state)), name ? lowering.words(name) : '');
  },
  scoped_identifier: (node, _state, lowering) => dotted(node, lowering.words(node).split('.')),
  class_literal: (node, _state, lowering) => {
    const [of] = node.children;
    return memberOf(node, of ? typeOf(of, lowering) : nothing(node), 'class');
  },
  binary_expression: (node, state, lowering) =>
    binary(node, field(node, 'left'), field(node, 'right'), state, lowering),
  ternary_expression: branch,
  parenthesized_expression: inner(),
  cast_expression: inner('value'),
  element_value_array_initializer: (node, state, lowering) => ({
    is: 'list',
    items: node.children.map((one) => lowering.visit(one, used(state))),
    start: node.start,
    end: node.end,
  }),
  array_initializer: (node, state, lowering) => ({
    is: 'list',
    items: node.children.map((one) => lowering.visit(one, used(state))),
    start: node.start,
    end: node.end,
  }),
  array_creation_expression: (node, state, lowering) =>
    lowering.visit(ofType(node, 'array_initializer') ?? node.children.at(-1), used(state)),
  string_literal: quoted(/^string_fragment$/),
  identifier,
  type_identifier: identifier,
  this: identifier,
  decimal_integer_literal: number,
  null_literal: identifier,
  true: boolean,
  false: boolean,
  unary_expression: negative,
};
