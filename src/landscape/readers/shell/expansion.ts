/** What a shell makes of variables, quotes and blanks: parameter expansion and the splitting of words. */
import type { DoubleQuotedChild, ParameterExpansionPart, WordPart, Word as Written } from 'unbash';
import { placeholder } from '../../../files/formats/template.ts';
import type { Value } from '../../facts/configuration.ts';
import { elsewhere, type Held, type Scope } from './scope.ts';

/** A stretch of a word: known or not, and whether blanks in it separate words. */
type Fragment = { readonly value: Value; readonly splits: boolean; readonly many?: true };

export const mostWords = 200;
/** Longer than any argument that a person writes. */
const longestText = 10_000;

/** All of a word as one text: on the right of `=`, in quotes. */
export const textOfWord = (written: Written, scope: Scope): Value =>
  joined(fragmentsOf(written, scope).map(({ value }) => value));

function joined(values: readonly Value[]): Value {
  let [known, from]: [string, string | undefined] = ['', undefined];
  for (const value of values) {
    if ('unknown' in value) return value;
    known += value.known;
    from ??= value.from;
    if (from !== undefined && known.length > longestText) return { unknown: 'it is too long' };
  }
  return { known, ...(from !== undefined && { from }) };
}

type Field = { value: Value; tail: string; many: boolean };

/** Where blanks of variables without quotes divide it. */
export const fieldsOf = (written: Written, scope: Scope): Field[] =>
  fields(fragmentsOf(written, scope));

function fields(fragments: readonly Fragment[]): Field[] {
  const done: Value[][] = [];
  let open: Value[] | undefined;
  let many = false;
  for (const { value, splits, many: several } of fragments) {
    many ||= several === true || (splits && 'unknown' in value && fragments.length === 1);
    if (!splits || 'unknown' in value) {
      open = [...(open ?? []), value];
      continue;
    }
    const pieces = value.known.split(/[ \t\n]+/).slice(0, mostWords);
    for (const [index, known] of pieces.entries()) {
      if (index > 0 && open) done.push(open);
      if (index > 0) open = undefined;
      if (known !== '') open = [...(open ?? []), { ...value, known }];
    }
  }
  if (open) done.push(open);
  return done.map((values) => ({ value: joined(values), tail: tailOf(values), many }));
}

function tailOf(values: readonly Value[]): string {
  const last = values.findLastIndex((value) => 'unknown' in value);
  return values
    .slice(last + 1)
    .map((value) => ('known' in value ? value.known : ''))
    .join('');
}

/** A literal may have been put in by a template. */
const literal = (known: string): Value =>
  known.includes(placeholder) ? { unknown: 'a template puts it in' } : { known };

function fragmentsOf(written: Written, scope: Scope): Fragment[] {
  if (!written.parts) return [{ value: literal(written.value), splits: false }];
  return written.parts.flatMap((part) => fragmentsIn(part, scope, true));
}

function fragmentsIn(part: WordPart, scope: Scope, splits: boolean): Fragment[] {
  switch (part.type) {
    case 'DoubleQuoted':
    case 'LocaleString':
      // Quotes with nothing in them are a word all the same.
      return [
        { value: { known: '' }, splits: false },
        ...part.parts.flatMap((child: DoubleQuotedChild) => fragmentsIn(child, scope, false)),
      ];
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [{ value: literal(part.value), splits: false }];
    case 'Glob':
      return [{ value: literal(part.text), splits: false }];
    case 'SimpleExpansion':
      return /^\$[@*]$/.test(part.text)
        ? [{ value: elsewhere(part.text.slice(1)), splits, many: true }]
        : [{ value: filled(part.text.slice(1), scope), splits }];
    case 'ParameterExpansion':
      return [parameter(part, scope, splits)];
    case 'CommandExpansion':
      return [{ value: { unknown: 'a command tells it' }, splits }];
    case 'ArithmeticExpansion':
      return [{ value: { unknown: 'it is computed' }, splits: false }];
    default:
      return [{ value: { unknown: 'the shell makes it up' }, splits, many: true }];
  }
}

const isList = (held: Held | undefined): held is readonly Value[] => Array.isArray(held);

/** `"$@"` and `"${names[@]}"`, each a word of its own; undefined for anything else. */
export function listIn(part: WordPart, scope: Scope): readonly Value[] | undefined {
  const [only, ...more] = part.type === 'DoubleQuoted' ? part.parts : [part];
  if (!only || more.length > 0) return undefined;
  if (only.type === 'SimpleExpansion') {
    const held = /^\$[@*]$/.test(only.text) ? scope.get('@') : undefined;
    return isList(held) ? held : undefined;
  }
  if (only.type !== 'ParameterExpansion' || only.operation || only.prefix) return undefined;
  if (only.index?.value !== '@' && only.index?.value !== '*') return undefined;
  const held = scope.get(only.parameter);
  return isList(held) ? held : undefined;
}

const fromVariable = (value: Value, name: string): Value =>
  'known' in value && value.from === undefined ? { ...value, from: `$${name}` } : value;

function filled(name: string, scope: Scope): Value {
  const held = scope.get(name);
  // An array by its name alone is its first element.
  const value = isList(held) ? held[0] : held;
  if (value === undefined) return elsewhere(name);
  return fromVariable(value, name);
}

function parameter(part: ParameterExpansionPart, scope: Scope, splits: boolean): Fragment {
  const { parameter: name, operation, prefix, index } = part;
  if (prefix) return { value: elsewhere(name), splits };
  const held = scope.get(name);
  const isWhole = index?.value === '@' || index?.value === '*' || name === '@' || name === '*';
  if (isWhole) return { value: elsewhere(name), splits, many: true };
  const value =
    index && isList(held)
      ? fromVariable(held[Number(index.value)] ?? elsewhere(name), name)
      : filled(name, scope);
  if (!operation) return { value, splits };
  switch (operation.type) {
    case 'Default': {
      const { operator } = operation;
      if (operator.endsWith('+')) return { value: elsewhere(name), splits, many: true };
      if (operator.endsWith('?')) return { value, splits };
      const isEmpty = 'known' in value && value.known === '' && operator.startsWith(':');
      if (held !== undefined && !isEmpty) return { value, splits };
      const otherwise = textOfWord(operation.operand, scope);
      if ('unknown' in otherwise) return { value: otherwise, splits };
      return { value: { known: otherwise.known, from: `the default of ${name}` }, splits };
    }
    case 'Remove': {
      const pattern = textOfWord(operation.operand, scope);
      if ('unknown' in value || 'unknown' in pattern || /[?[\]]|.\*./.test(pattern.known))
        return { value: elsewhere(name), splits };
      const known = removed(value.known, pattern.known, operation.operator);
      return { value: { ...value, known }, splits };
    }
    case 'CaseModification': {
      if ('unknown' in value || operation.operand) return { value: elsewhere(name), splits };
      const { operator } = operation;
      if (operator === '^^')
        return { value: { ...value, known: value.known.toUpperCase() }, splits };
      if (operator === ',,')
        return { value: { ...value, known: value.known.toLowerCase() }, splits };
      return { value: elsewhere(name), splits };
    }
    default:
      return { value: elsewhere(name), splits };
  }
}

/** `${x#pattern}` and the like, for patterns of a text and one `*` at its side. */
function removed(text: string, pattern: string, operator: '#' | '##' | '%' | '%%'): string {
  const isStart = operator.startsWith('#');
  const isLong = operator.length === 2;
  const isOpen = isStart ? pattern.startsWith('*') : pattern.endsWith('*');
  const mark = isStart ? pattern.replace(/^\*/, '') : pattern.replace(/\*$/, '');
  if (!isOpen) {
    if (isStart) return text.startsWith(mark) ? text.slice(mark.length) : text;
    return mark !== '' && text.endsWith(mark) ? text.slice(0, -mark.length) : text;
  }
  const at = isStart === isLong ? text.lastIndexOf(mark) : text.indexOf(mark);
  if (at === -1 || mark === '') return text;
  return isStart ? text.slice(at + mark.length) : text.slice(0, at);
}
