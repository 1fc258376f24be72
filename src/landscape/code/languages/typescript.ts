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
  textOf,
  used,
} from '../lowering.ts';
import type { Entry, Expression, Scope } from '../program.ts';

/** A type that is a name, without what it is generic in. */
function typeOf(node: SyntaxNode | undefined, lowering: Lowering): Expression | undefined {
  const words = node ? lowering.words(node).replace(/^:\s*/, '') : '';
  const name = /^([\w$.]+)(?:<[\s\S]*>)?(?:\s*\|\s*(?:null|undefined))*$/.exec(words)?.[1];
  if (!node || !name) return undefined;
  const [first = '', ...rest] = name.split('.');
  return rest.reduce<Expression>((of, one) => memberOf(node, of, one), nameOf(node, first));
}

function parametersOf(node: SyntaxNode | undefined, lowering: Lowering): Scope['parameters'] {
  const all = node?.type === 'identifier' ? [node] : (node?.children ?? []);
  return all.flatMap((one) => {
    const name = one.type === 'identifier' ? one : field(one, 'pattern');
    const type = typeOf(field(one, 'type'), lowering);
    return name?.type === 'identifier'
      ? [{ name: lowering.words(name), ...(type && { type }) }]
      : [];
  });
}

const method: Handler = (node, state, lowering) => {
  const name = field(node, 'name');
  const parameters = field(node, 'parameters');
  // `constructor(private producer: Producer)` makes a field.
  for (const one of parameters?.children ?? []) {
    const pattern = field(one, 'pattern');
    if (pattern && ofType(one, 'accessibility_modifier', 'override_modifier', 'readonly'))
      lowering.assign(
        one,
        nameOf(pattern, lowering.words(pattern)),
        undefined,
        state,
        typeOf(field(one, 'type'), lowering),
      );
  }
  lowering.within(
    'function',
    name && lowering.words(name),
    field(node, 'body'),
    state,
    parametersOf(parameters, lowering),
  );
  return nothing(node);
};

const arrow: Handler = (node, state, lowering) => {
  const body = field(node, 'body');
  const parameters = field(node, 'parameters') ?? field(node, 'parameter');
  return lowering.lambda(
    node,
    body,
    body?.type === 'statement_block',
    state,
    parametersOf(parameters, lowering),
  );
};

const declarator: Handler = (node, state, lowering) => {
  const [name, given] = [field(node, 'name'), field(node, 'value')];
  const required = given?.type === 'await_expression' ? given.children[0] : given;
  const module = required && (moduleIn(required, lowering) ?? partOf(required, name, lowering));
  if (name && module !== undefined) {
    if (name.type === 'identifier') lowering.imported(lowering.words(name), module, node);
    for (const one of name.type === 'object_pattern' ? name.children : []) {
      const [key, value] = [field(one, 'key') ?? one, field(one, 'value') ?? one];
      lowering.imported(lowering.words(value), `${module}.${lowering.words(key)}`, one);
    }
    return nothing(node);
  }
  const value = given && lowering.visit(given, used(state));
  for (const one of name?.type === 'object_pattern' && value ? name.children : []) {
    const [key, local] = [field(one, 'key') ?? one, field(one, 'value') ?? one];
    if (value && /identifier/.test(local.type))
      lowering.assign(
        one,
        nameOf(local, lowering.words(local)),
        memberOf(key, value, lowering.words(key)),
        state,
      );
  }
  if (name?.type === 'identifier')
    lowering.assign(
      node,
      nameOf(name, lowering.words(name)),
      value,
      state,
      typeOf(field(node, 'type'), lowering),
    );
  return nothing(node);
};

/** `const { Kafka } = KafkaJS`, where KafkaJS was imported. */
const partOf = (
  required: SyntaxNode,
  name: SyntaxNode | undefined,
  lowering: Lowering,
): string | undefined =>
  required.type === 'identifier' && name?.type === 'object_pattern'
    ? lowering.imports.get(lowering.words(required))
    : undefined;

/** `require('kafkajs')`, `import('kafkajs')`, `require('@confluentinc/kafka-javascript').KafkaJS`. */
function moduleIn(node: SyntaxNode, lowering: Lowering): string | undefined {
  if (node.type !== 'call_expression' && node.type !== 'member_expression') return undefined;
  const [, module, part = ''] =
    /^(?:require|import)\(\s*["']([^"']+)["']\s*\)((?:\.\w+)?)$/.exec(lowering.words(node)) ?? [];
  return module === undefined ? undefined : module + part.replace('.default', '');
}

const member = (node: SyntaxNode, state: State, lowering: Lowering): Expression => {
  const [of, name] = [field(node, 'object'), field(node, 'property')];
  return memberOf(node, lowering.visit(of, used(state)), name ? lowering.words(name) : '');
};

const call: Handler = (node, state, lowering) => {
  const callee = field(node, 'function') ?? field(node, 'constructor');
  const given = field(node, 'arguments')?.children ?? [];
  return lowering.call(
    node,
    lowering.visit(callee, used(state)),
    given.map((one) => ({ value: lowering.visit(one, used(state)) })),
    state,
  );
};

export const typescript: Handlers = {
  import_statement: (node, _state, lowering) => {
    const source = field(node, 'source');
    const module = source ? lowering.words(source).slice(1, -1) : '';
    for (const clause of ofType(node, 'import_clause')?.children ?? []) {
      if (clause.type === 'identifier') lowering.imported(lowering.words(clause), module, clause);
      if (clause.type === 'namespace_import' && clause.children[0])
        lowering.imported(lowering.words(clause.children[0]), module, clause);
      for (const one of clause.type === 'named_imports' ? clause.children : []) {
        const [name, alias] = [field(one, 'name'), field(one, 'alias')];
        const full = name ? lowering.words(name) : '';
        lowering.imported(alias ? lowering.words(alias) : full, `${module}.${full}`, one);
      }
    }
    return nothing(node);
  },
  export_statement: block,
  class_declaration: (node, state, lowering) => {
    const name = field(node, 'name');
    lowering.within('class', name && lowering.words(name), field(node, 'body'), state);
    return nothing(node);
  },
  abstract_class_declaration: (node, state, lowering) => {
    const name = field(node, 'name');
    lowering.within('class', name && lowering.words(name), field(node, 'body'), state);
    return nothing(node);
  },
  public_field_definition: (node, state, lowering) => {
    const [name, value] = [field(node, 'name'), field(node, 'value')];
    if (name)
      lowering.assign(
        node,
        nameOf(name, lowering.words(name)),
        value && lowering.visit(value, used(state)),
        state,
        typeOf(field(node, 'type'), lowering),
      );
    return nothing(node);
  },
  method_definition: method,
  function_declaration: method,
  generator_function_declaration: method,
  function_expression: arrow,
  arrow_function: arrow,
  lexical_declaration: block,
  variable_declaration: block,
  variable_declarator: declarator,
  expression_statement: (node, state, lowering) =>
    lowering.visit(node.children[0], { ...state, result: 'dropped' }),
  statement_block: block,
  class_body: block,
  try_statement: block,
  finally_clause: block,
  else_clause: branch,
  if_statement: branch,
  catch_clause: branch,
  switch_statement: branch,
  switch_body: branch,
  switch_case: branch,
  switch_default: branch,
  for_statement: loop,
  for_in_statement: loop,
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
    const [target, value] = ['left', 'right'].map((role) =>
      lowering.visit(field(node, role), used(state)),
    );
    if (target) lowering.assign(node, target, value, state, undefined, false);
    return value ?? nothing(node);
  },
  call_expression: call,
  new_expression: call,
  member_expression: member,
  subscript_expression: (node, state, lowering) => ({
    is: 'index',
    of: lowering.visit(field(node, 'object'), used(state)),
    key: lowering.visit(field(node, 'index'), used(state)),
    start: node.start,
    end: node.end,
  }),
  await_expression: (node, state, lowering) =>
    lowering.visit(node.children[0], { ...state, result: 'awaited' }),
  object: (node, state, lowering) => ({
    is: 'map',
    entries: node.children.map((one): Entry => {
      if (one.type === 'shorthand_property_identifier') {
        const name = lowering.words(one);
        return { key: textOf(one, name), value: nameOf(one, name) };
      }
      const [key, value] = [field(one, 'key'), field(one, 'value')];
      if (one.type === 'pair' && key)
        return { key: lowering.visit(key, used(state)), value: lowering.visit(value, used(state)) };
      if (one.type === 'method_definition') {
        const name = field(one, 'name') ?? one;
        return {
          key: textOf(name, lowering.words(name)),
          value: arrow(one, used(state), lowering),
        };
      }
      return { value: lowering.visit(one.children[0], used(state)) };
    }),
    start: node.start,
    end: node.end,
  }),
  array: (node, state, lowering) => ({
    is: 'list',
    items: node.children.map((one) => lowering.visit(one, used(state))),
    start: node.start,
    end: node.end,
  }),
  property_identifier: (node, _state, lowering) => textOf(node, lowering.words(node)),
  computed_property_name: inner(),
  parenthesized_expression: inner(),
  as_expression: (node, state, lowering) => lowering.visit(node.children[0], state),
  satisfies_expression: (node, state, lowering) => lowering.visit(node.children[0], state),
  non_null_expression: (node, state, lowering) => lowering.visit(node.children[0], state),
  type_assertion: inner(),
  binary_expression: (node, state, lowering) =>
    binary(node, field(node, 'left'), field(node, 'right'), state, lowering),
  ternary_expression: branch,
  string: quoted(/^string_fragment$/),
  template_string: quoted(/^string_fragment$/),
  identifier,
  this: identifier,
  null: identifier,
  undefined: identifier,
  number,
  true: boolean,
  false: boolean,
  unary_expression: (node, state, lowering) =>
    // `void producer.send(...)` asks for nothing.
    lowering.words(node).startsWith('void ')
      ? lowering.visit(node.children[0], { ...state, result: 'dropped' })
      : negative(node, state, lowering),
  augmented_assignment_expression: (node, state, lowering) => {
    const [left, right] = [field(node, 'left'), field(node, 'right')];
    const [target, value] = [left, right].map((one) => lowering.visit(one, used(state)));
    // `??=` gives what there is not yet.
    const isFirst = operatorOf(lowering, left, right) === '??=';
    if (target && isFirst) lowering.assign(node, target, value, state, undefined, false);
    if (target && !isFirst) lowering.assign(node, target, undefined, state, undefined, false);
    return value ?? nothing(node);
  },
};
