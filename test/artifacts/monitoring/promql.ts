import { parser } from '@prometheus-io/lezer-promql';

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** A selector in an expression, with every label that the expression needs it to have. */
export type Selector = {
  readonly text: string;
  readonly metric: string;
  readonly labels: readonly string[];
};

const comparisons = new Set(['Eql', 'Neq', 'Gtr', 'Gte', 'Lss', 'Lte']);

export function selectorsOf(expr: string): Selector[] {
  const root = parse(expr);
  const groupings = nodesOf(root, 'GroupingLabels').map((node) => ({
    scope: enclosing(node, ['AggregateExpr', 'BinaryExpr']),
    labels: nodesOf(node, 'LabelName').map((label) => textOf(expr, label)),
  }));
  return nodesOf(root, 'VectorSelector').map((node) => ({
    text: textOf(expr, node),
    metric: nodesOf(node, 'Identifier')
      .map((name) => textOf(expr, name))
      .join(),
    labels: [
      ...nodesOf(node, 'LabelName').map((label) => textOf(expr, label)),
      ...groupings
        .filter(({ scope }) => scope.from <= node.from && node.to <= scope.to)
        .flatMap(({ labels }) => labels),
    ],
  }));
}

/** The same with comparisons that answer 0 or 1, so that a silent alert has data to show. */
export function asBool(expr: string): string {
  const ends = nodesOf(parse(expr), 'BinaryExpr')
    .flatMap(childrenOf)
    .filter(({ name }) => comparisons.has(name))
    .map(({ to }) => to);
  return ends
    .toSorted((a, b) => b - a)
    .reduce((text, end) => `${text.slice(0, end)} bool${text.slice(end)}`, expr);
}

function parse(expr: string): SyntaxNode {
  const root = parser.parse(expr).topNode;
  if (nodesOf(root, '⚠').length > 0) throw new Error(`not PromQL: ${expr}`);
  return root;
}

function nodesOf(node: SyntaxNode, name: string): SyntaxNode[] {
  return [
    ...(node.name === name ? [node] : []),
    ...childrenOf(node).flatMap((child) => nodesOf(child, name)),
  ];
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

function enclosing(node: SyntaxNode, names: readonly string[]): SyntaxNode {
  for (let outer = node.parent; outer; outer = outer.parent) {
    if (names.includes(outer.name)) return outer;
  }
  throw new Error(`${node.name} stands in none of ${names}`);
}

const textOf = (expr: string, { from, to }: SyntaxNode): string => expr.slice(from, to);
