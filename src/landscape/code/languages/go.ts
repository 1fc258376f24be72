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
  ofType,
  quoted,
  type State,
  used,
} from '../lowering.ts';
import type { Entry, Expression, Scope } from '../program.ts';

/** Without pointers, and of what is generic its name. */
function typeOf(node: SyntaxNode | undefined, lowering: Lowering): Expression | undefined {
  if (!node) return undefined;
  const words = lowering
    .words(node)
    .replace(/^\*+/, '')
    .replace(/\[[\s\S]*$/, '');
  if (!/^\w+(\.\w+)?$/.test(words)) return undefined;
  const [first = '', name] = words.split('.');
  const of = nameOf(node, first);
  return name === undefined ? of : memberOf(node, of, name);
}

const parametersOf = (node: SyntaxNode | undefined, lowering: Lowering): Scope['parameters'] =>
  (node?.children ?? []).flatMap((one) => {
    const type = typeOf(field(one, 'type'), lowering);
    return one.children
      .filter((child) => child.field === 'name')
      .map((name) => ({ name: lowering.words(name), ...(type && { type }) }));
  });

const method: Handler = (node, state, lowering) => {
  const name = field(node, 'name');
  const parameters = [
    ...parametersOf(field(node, 'receiver'), lowering),
    ...parametersOf(field(node, 'parameters'), lowering),
  ];
  lowering.within('function', name && lowering.words(name), field(node, 'body'), state, parameters);
  return nothing(node);
};

/** `a, err := f()`: the first is what counts. */
const assignment: Handler = (node, state, lowering) => {
  const [left, right] = [field(node, 'left'), field(node, 'right')];
  const declares = node.type === 'short_var_declaration';
  assigned(node, left?.children ?? [], right?.children ?? [], state, lowering, undefined, declares);
  return nothing(node);
};

function assigned(
  node: SyntaxNode,
  targets: readonly SyntaxNode[],
  values: readonly SyntaxNode[],
  state: State,
  lowering: Lowering,
  type?: Expression,
  declares = true,
): void {
  // A result that goes to `_` is one that nobody asks for.
  const isDropped = targets.every((target) => lowering.words(target) === '_');
  const given = values.map((value) =>
    lowering.visit(value, { ...state, result: isDropped ? 'dropped' : 'used' }),
  );
  targets.forEach((target, index) => {
    const value = given.length === targets.length || index === 0 ? given[index] : undefined;
    lowering.assign(node, lowering.visit(target, used(state)), value, state, type, declares);
  });
}

const declaration: Handler = (node, state, lowering) => {
  const names = node.children.filter((child) => child.field === 'name');
  const values = field(node, 'value')?.children ?? [];
  assigned(node, names, values, state, lowering, typeOf(field(node, 'type'), lowering));
  return nothing(node);
};

/** What it begins with happens anyway. */
const conditional: Handler = (node, state, lowering) => {
  for (const child of node.children) {
    const always = child.field === 'initializer' || child.field === 'condition';
    lowering.visit(child, { ...state, ...(!always && { sometimes: true }), result: 'used' });
  }
  return nothing(node);
};

export const go: Handlers = {
  package_clause: (node, _state, lowering) => {
    lowering.module = lowering.words(node.children[0] ?? node);
    return nothing(node);
  },
  import_spec: (node, _state, lowering) => {
    const [name, path] = [field(node, 'name'), field(node, 'path')];
    // The major version is no part of the name.
    const full = path
      ? lowering
          .words(path)
          .slice(1, -1)
          .replace(/\/v\d+(?=\/|$)/, '')
      : '';
    const last = full.slice(full.lastIndexOf('/') + 1);
    const local = name ? lowering.words(name) : last.replace(/^go-|[-.](go|v\d+)$/g, '');
    lowering.imported(local, full, node);
    return nothing(node);
  },
  type_spec: (node, state, lowering) => {
    const [name, struct] = [field(node, 'name'), field(node, 'type')];
    if (!name || struct?.type !== 'struct_type') return nothing(node);
    const scope = lowering.within('class', lowering.words(name), undefined, state);
    for (const one of ofType(struct, 'field_declaration_list')?.children ?? []) {
      const type = typeOf(field(one, 'type'), lowering);
      for (const own of one.children.filter((child) => child.field === 'name'))
        lowering.assign(
          one,
          nameOf(own, lowering.words(own)),
          undefined,
          { ...state, scope },
          type,
        );
    }
    return nothing(node);
  },
  function_declaration: method,
  method_declaration: method,
  func_literal: (node, state, lowering) =>
    lowering.lambda(
      node,
      ofType(field(node, 'body') ?? node, 'statement_list'),
      true,
      state,
      parametersOf(field(node, 'parameters'), lowering),
    ),
  block,
  statement_list: block,
  expression_statement: (node, state, lowering) =>
    lowering.visit(node.children[0], { ...state, result: 'dropped' }),
  go_statement: (node, state, lowering) =>
    lowering.visit(node.children[0], { ...state, result: 'dropped' }),
  defer_statement: (node, state, lowering) =>
    lowering.visit(node.children[0], { ...state, result: 'dropped' }),
  short_var_declaration: assignment,
  assignment_statement: assignment,
  var_spec: declaration,
  const_spec: declaration,
  if_statement: conditional,
  expression_switch_statement: branch,
  type_switch_statement: branch,
  select_statement: branch,
  expression_case: branch,
  default_case: branch,
  communication_case: branch,
  for_statement: (node, state, lowering) => {
    for (const child of node.children) {
      const again = child.field === 'body';
      lowering.visit(child, { ...state, ...(again && { loop: node, sometimes: true }) });
    }
    return nothing(node);
  },
  return_statement: (node, state, lowering) => {
    const given = (node.children[0]?.children ?? []).map((one) => lowering.visit(one, used(state)));
    if (given[0]) state.scope.returns.push(given[0]);
    return nothing(node);
  },
  call_expression: (node, state, lowering) =>
    lowering.call(
      node,
      lowering.visit(field(node, 'function'), used(state)),
      (field(node, 'arguments')?.children ?? []).map((one) => ({
        value: lowering.visit(one, used(state)),
      })),
      state,
    ),
  selector_expression: (node, state, lowering) => {
    const [of, name] = [field(node, 'operand'), field(node, 'field')];
    return memberOf(node, lowering.visit(of, used(state)), name ? lowering.words(name) : '');
  },
  index_expression: (node, state, lowering) => ({
    is: 'index',
    of: lowering.visit(field(node, 'operand'), used(state)),
    key: lowering.visit(field(node, 'index'), used(state)),
    start: node.start,
    end: node.end,
  }),
  composite_literal: (node, state, lowering) => {
    const type = typeOf(field(node, 'type'), lowering);
    const body = lowering.visit(field(node, 'body'), used(state));
    const { start, end } = node;
    if (body.is !== 'map' || !type) return { ...body, start, end };
    const made: Expression = { ...body, type, start, end };
    // A struct is made as others are by their constructors.
    lowering.call(node, type, [{ value: made }], used(state));
    return made;
  },
  literal_value: (node, state, lowering) => {
    const { start, end } = node;
    if (node.children.length > 0 && !ofType(node, 'keyed_element'))
      return {
        is: 'list',
        items: node.children.map((one) => lowering.visit(one, used(state))),
        start,
        end,
      };
    return {
      is: 'map',
      entries: node.children.flatMap((one): Entry[] => {
        const [key, value] = [field(one, 'key'), field(one, 'value')];
        if (!key || !value) return [];
        return [
          { key: lowering.visit(key, used(state)), value: lowering.visit(value, used(state)) },
        ];
      }),
      start,
      end,
    };
  },
  literal_element: inner(),
  variadic_argument: inner(),
  parenthesized_expression: inner(),
  binary_expression: (node, state, lowering) =>
    binary(node, field(node, 'left'), field(node, 'right'), state, lowering),
  // `&x` is x here.
  unary_expression: (node, state, lowering) =>
    lowering.words(node).startsWith('&')
      ? lowering.visit(node.children[0], state)
      : negative(node, state, lowering),
  interpreted_string_literal: quoted(/^interpreted_string_literal_content$/),
  raw_string_literal: quoted(/^raw_string_literal_content$/),
  identifier,
  nil: identifier,
  field_identifier: identifier,
  type_identifier: identifier,
  package_identifier: identifier,
  int_literal: number,
  float_literal: number,
  true: boolean,
  false: boolean,
};
