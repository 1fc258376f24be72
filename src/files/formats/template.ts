/** Stands for each character that a template puts in; a private one, which nobody writes. */
export const placeholder = '\uE000';

export type Template = {
  /** As long as the template, with the same lines: actions are placeholders, or blank. */
  readonly text: string;
  /** Lines, counted from 1, at which there may be more than is seen. */
  readonly gaps: readonly number[];
};

export const isTemplate = (text: string): boolean => /\{\{|\{%/.test(text);

type Action = {
  readonly start: number;
  readonly end: number;
  /** Its first word: `if`, `end`, `include`, `.Values.x`. */
  readonly word: string;
  readonly comment: boolean;
};

const conditions = new Set(['if', 'with', 'range', 'for']);
const opening = new Set([...conditions, 'define', 'block', 'macro', 'filter', 'raw']);
const middle = new Set(['else', 'elif']);
const isClosing = (word: string) =>
  word === 'end' || (word.startsWith('end') && opening.has(word.slice(3)));

/**
 * What a template of Helm (Go) or Ansible (Jinja) says literally. What stands on a line of its own, or
 * within a condition, is left out and noted as a gap; a condition around whole documents is looked
 * through, since what is in it holds whenever it is there at all.
 */
export function literalPart(text: string): Template {
  const actions = actionsOf(text);
  const closed = closings(actions);
  const documents = Array.from(text.matchAll(/^kind:/gm), ({ index }) => index);
  const pieces: string[] = [];
  const hidden = new Set<number>();
  let at = 0;
  const put = (start: number, end: number, character: ' ' | typeof placeholder) => {
    pieces.push(text.slice(at, start), text.slice(start, end).replaceAll(/[^\r\n]/g, character));
    at = end;
  };
  for (let index = 0; index < actions.length; index++) {
    const action = actions[index] as Action;
    const { start, word, comment } = action;
    const last = closed.get(action);
    const end = last === undefined ? action.end : (actions[last] as Action).end;
    if (comment || isClosing(word) || isAround(action, end, documents)) put(start, action.end, ' ');
    else {
      const alone = standsAlone(text, start, end);
      // Of a condition around documents, the first branch is read.
      const isBranch = middle.has(word);
      put(start, end, alone || isBranch ? ' ' : placeholder);
      if (alone && !isBranch) hidden.add(start).add(end);
      index = last ?? index;
    }
  }
  pieces.push(text.slice(at));
  return { text: pieces.join(''), gaps: linesOf(text, hidden) };
}

/** Go's trim markers, and strings with braces in them, belong to an action. */
function actionsOf(text: string): Action[] {
  const found: Action[] = [];
  const token = /\{\{-?\s*(\/\*)?|\{%[-+]?\s*|\{#/g;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const start = match.index;
    const close = text.startsWith('{%', start) ? '%}' : text.startsWith('{#', start) ? '#}' : '}}';
    const end = text.indexOf(close, token.lastIndex);
    if (end === -1) break;
    const inside = text.slice(token.lastIndex, Math.min(end, token.lastIndex + 200));
    found.push({
      start,
      end: end + close.length,
      word: /^[\w.$]+/.exec(inside)?.[0] ?? '',
      comment: close === '#}' || match[1] !== undefined,
    });
    token.lastIndex = end + close.length;
  }
  return found;
}

/** A condition around whole documents. */
const isAround = ({ start, word }: Action, end: number, documents: readonly number[]): boolean =>
  conditions.has(word) && firstAfter(documents, start) < end;

function firstAfter(sorted: readonly number[], offset: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const between = (low + high) >> 1;
    if ((sorted[between] as number) < offset) low = between + 1;
    else high = between;
  }
  return sorted[low] ?? Number.POSITIVE_INFINITY;
}

/** For each action that begins a block, or an `else` within one, the action that ends it. */
function closings(actions: readonly Action[]): ReadonlyMap<Action, number> {
  const found = new Map<Action, number>();
  const open: Action[][] = [];
  for (const [index, action] of actions.entries()) {
    if (action.comment) continue;
    if (opening.has(action.word)) open.push([action]);
    else if (middle.has(action.word)) open.at(-1)?.push(action);
    else if (isClosing(action.word)) for (const one of open.pop() ?? []) found.set(one, index);
  }
  return found;
}

function standsAlone(text: string, start: number, end: number): boolean {
  let [before, after] = [start - 1, end];
  while (isBlank(text[before])) before--;
  while (isBlank(text[after])) after++;
  return (before < 0 || text[before] === '\n') && (after >= text.length || text[after] === '\n');
}

const isBlank = (character: string | undefined) =>
  character === ' ' || character === '\t' || character === '\r';

function linesOf(text: string, offsets: ReadonlySet<number>): number[] {
  const lines = new Set<number>();
  let [line, at] = [1, 0];
  for (const offset of [...offsets].sort((one, other) => one - other)) {
    for (
      let next = text.indexOf('\n', at);
      next !== -1 && next < offset;
      next = text.indexOf('\n', at)
    ) {
      line++;
      at = next + 1;
    }
    lines.add(line);
  }
  return [...lines];
}
