import type { SyntaxNode } from '../../../files/formats/syntax-tree.ts';
import {
  binary,
  block,
  branch,
  field,
  type Handler,
  type Handlers,
  inner,
  type Lowering,
  loop,
  memberOf,
  nameOf,
  negative,
  nothing,
  number,
  ofType,
  other,
  type State,
  textOf,
  used,
} from '../lowering.ts';
import type { Annotation, Argument, Expression, Scope } from '../program.ts';

/** Without nullability and what it is generic in. */
function typeOf(node: SyntaxNode | undefined, lowering: Lowering): Expression | undefined {
  const type = node?.type === 'nullable_type' ? ofType(node, 'user_type') : node;
  if (type?.type !== 'user_type') return undefined;
  const [first, ...rest] = type.children.filter((child) => child.type === 'identifier');
  if (!first) return undefined;
  return rest.reduce<Expression>(
    (of, one) => memberOf(type, of, lowering.words(one)),
    nameOf(type, lowering.words(first)),
  );
}

const typed = ({ children }: SyntaxNode) =>
  children.find(({ type }) => type === 'user_type' || type === 'nullable_type');

function annotationsOf(node: SyntaxNode, state: State, lowering: Lowering): Annotation[] {
  return (ofType(node, 'modifiers')?.children ?? [])
    .filter(({ type }) => type === 'annotation')
    .map((one) => {
      const made = ofType(one, 'constructor_invocation');
      const type = typeOf(made ? typed(made) : typed(one), lowering);
      const given = made && ofType(made, 'value_arguments');
      return {
        name: type?.is === 'name' ? type.name : '',
        arguments: argumentsOf(given, state, lowering).map((argument) => ({
          name: 'value',
          ...argument,
        })),
        start: one.start,
        end: one.end,
      };
    });
}

function argumentsOf(node: SyntaxNode | undefined, state: State, lowering: Lowering): Argument[] {
  return (node?.children ?? []).map((one) => {
    const value = lowering.visit(one.children.at(-1), used(state));
    const [name] = one.children;
    return one.children.length > 1 && name?.type === 'identifier'
      ? { name: lowering.words(name), value }
      : { value };
  });
}

function parametersOf(node: SyntaxNode | undefined, lowering: Lowering): Scope['parameters'] {
  return (node?.children ?? []).flatMap((one) => {
    const name = ofType(one, 'identifier');
    const type = typeOf(typed(one), lowering);
    return name ? [{ name: lowering.words(name), ...(type && { type }) }] : [];
  });
}

const type: Handler = (node, state, lowering) => {
  const name = field(node, 'name');
  const parameters = ofType(node, 'primary_constructor');
  const scope = lowering.within(
    'class',
    name && lowering.words(name),
    undefined,
    state,
    parametersOf(parameters && ofType(parameters, 'class_parameters'), lowering),
    annotationsOf(node, state, lowering),
  );
  lowering.statements(
    node.children.filter((child) => /_body$|delegation/.test(child.type)),
    { ...state, scope },
  );
  return nothing(node);
};

const declaration: Handler = (node, state, lowering) => {
  const variable = ofType(node, 'variable_declaration');
  const name = variable && ofType(variable, 'identifier');
  const after = node.children.slice(variable ? node.children.indexOf(variable) + 1 : 0);
  const value = after.find((child) => !/getter|setter|constraints/.test(child.type));
  if (!name || !variable) return lowering.parts(node, state);
  const given = value ?? injected(node);
  lowering.assign(
    node,
    nameOf(name, lowering.words(name)),
    given && lowering.visit(given, used(state)),
    state,
    typeOf(typed(variable), lowering),
  );
  return nothing(node);
};

/** What Spring puts in: the text of @Value. */
function injected(node: SyntaxNode): SyntaxNode | undefined {
  const annotation = ofType(ofType(node, 'modifiers') ?? node, 'annotation');
  const made = annotation && ofType(annotation, 'constructor_invocation');
  const argument = made && ofType(made, 'value_arguments')?.children[0]?.children.at(-1);
  return argument?.type === 'string_literal' ? argument : undefined;
}

const lambda: Handler = (node, state, lowering) => {
  const parameters = ofType(node, 'lambda_parameters');
  const own = parametersOf(parameters, lowering);
  const body = node.children.filter((child) => child !== parameters);
  const scope = lowering.lambda(
    node,
    undefined,
    true,
    state,
    own.length > 0 ? own : [{ name: 'it' }],
  );
  if (scope.is !== 'function') return scope;
  const inside = { ...state, scope: scope.scope, sometimes: false };
  // The last is what the lambda is worth.
  lowering.statements(body.slice(0, -1), inside);
  const last = body.at(-1);
  if (last) scope.scope.returns.push(lowering.visit(last, used(inside)));
  return scope;
};

export const kotlin: Handlers = {
  package_header: (node, _state, lowering) => {
    lowering.module = lowering.words(node.children[0] ?? node);
    return nothing(node);
  },
  import: (node, _state, lowering) => {
    const [path, alias] = node.children;
    const full = path ? lowering.words(path) : '';
    if (lowering.words(node).trimEnd().endsWith('.*')) lowering.open.push(full);
    else
      lowering.imported(
        alias ? lowering.words(alias) : full.slice(full.lastIndexOf('.') + 1),
        full,
        path ?? node,
      );
    return nothing(node);
  },
  class_declaration: type,
  object_declaration: type,
  // What a companion has, its class has.
  companion_object: (node, state, lowering) => {
    const body = ofType(node, 'class_body');
    lowering.statements(body?.children ?? [], state);
    return nothing(node);
  },
  class_body: block,
  enum_class_body: block,
  function_declaration: (node, state, lowering) => {
    const name = field(node, 'name');
    const body = ofType(node, 'function_body');
    const inside = body && ofType(body, 'block');
    const scope = lowering.within(
      'function',
      name && lowering.words(name),
      inside,
      state,
      parametersOf(ofType(node, 'function_value_parameters'), lowering),
      annotationsOf(node, state, lowering),
    );
    const [value] = body?.children ?? [];
    if (!inside && value)
      scope.returns.push(
        lowering.visit(value, { scope, loop: undefined, sometimes: false, result: 'used' }),
      );
    return nothing(node);
  },
  secondary_constructor: (node, state, lowering) => {
    lowering.within('function', 'constructor', ofType(node, 'block'), state);
    return nothing(node);
  },
  anonymous_initializer: block,
  property_declaration: declaration,
  block,
  statements: block,
  lambda_literal: lambda,
  annotated_lambda: inner(),
  if_expression: branch,
  when_expression: branch,
  when_entry: branch,
  try_expression: block,
  catch_block: branch,
  finally_block: block,
  for_statement: loop,
  while_statement: loop,
  do_while_statement: (node, state, lowering) => {
    lowering.statements(node.children, { ...state, loop: node, sometimes: true });
    return nothing(node);
  },
  return_expression: (node, state, lowering) => {
    const value = node.children.at(-1);
    if (value && value.type !== 'label')
      state.scope.returns.push(lowering.visit(value, used(state)));
    return nothing(node);
  },
  assignment: (node, state, lowering) => {
    const [target, value] = ['left', 'right'].map((role) =>
      lowering.visit(field(node, role), used(state)),
    );
    if (target) lowering.assign(node, target, value, state, undefined, false);
    return nothing(node);
  },
  call_expression: (node, state, lowering) => {
    const [callee, ...rest] = node.children;
    const given = rest.flatMap((child): Argument[] => {
      if (child.type === 'value_arguments') return argumentsOf(child, state, lowering);
      return child.type === 'annotated_lambda'
        ? [{ value: lowering.visit(child, used(state)) }]
        : [];
    });
    return lowering.call(node, lowering.visit(callee, used(state)), given, state);
  },
  navigation_expression: (node, state, lowering) => {
    const [of, name] = node.children;
    return memberOf(node, lowering.visit(of, used(state)), name ? lowering.words(name) : '');
  },
  index_expression: (node, state, lowering) => {
    const [of, key] = node.children.map((child) => lowering.visit(child, used(state)));
    return of && key ? { is: 'index', of, key, start: node.start, end: node.end } : nothing(node);
  },
  infix_expression: (node, state, lowering) => {
    const [left, word, right] = node.children;
    if (!word || lowering.words(word) !== 'to') return lowering.parts(node, state);
    const [key, value] = [left, right].map((one) => lowering.visit(one, used(state)));
    return key && value
      ? { is: 'map', entries: [{ key, value }], start: node.start, end: node.end }
      : nothing(node);
  },
  binary_expression: (node, state, lowering) =>
    binary(node, field(node, 'left'), field(node, 'right'), state, lowering),
  parenthesized_expression: inner(),
  as_expression: (node, state, lowering) => lowering.visit(node.children[0], state),
  collection_literal: (node, state, lowering) => ({
    is: 'list',
    items: node.children.map((one) => lowering.visit(one, used(state))),
    start: node.start,
    end: node.end,
  }),
  // "$name" comes as a text in pieces.
  string_literal: (node, state, lowering) => {
    const words = lowering.words(node).slice(1, -1);
    if (!/[$\\]/.test(words)) return textOf(node, words);
    // Spring's placeholders are written with a backslash before the dollar.
    const escaped = words.replaceAll('\\$', '$');
    if (!/\\|(?<!\\)\$/.test(words)) return textOf(node, escaped);
    return other(
      node,
      node.children.map((child) => lowering.visit(child, used(state))),
    );
  },
  string_content: nothing,
  identifier: (node, _state, lowering) => {
    const name = lowering.words(node);
    return name === 'true' || name === 'false' ? textOf(node, name) : nameOf(node, name);
  },
  this_expression: (node) => nameOf(node, 'this'),
  number_literal: number,
  long_literal: number,
  // `producer!!` is the producer.
  unary_expression: (node, state, lowering) =>
    lowering.words(node).endsWith('!!')
      ? lowering.visit(node.children[0], state)
      : negative(node, state, lowering),
};
