import { mention } from '../../quoted.ts';
import { InvalidSchema, type Stretch } from '../schema.ts';
import {
  allTypes,
  type Label,
  type ProtoEnum,
  type ProtoField,
  type ProtoFile,
  type ProtoMessage,
  type ProtoType,
  type ProtoValue,
  type Range,
} from './model.ts';
import { type Token, tokensOf } from './tokens.ts';

const greatestTag = 536_870_911;
const deepest = 64;

type Words = { readonly ranges: Range[]; readonly names: string[] };

/**
 * A `.proto` file (proto2, proto3 or an edition) with places. Options, services and extensions are
 * passed over: they don't change what is on the wire. Throws {@link InvalidSchema}.
 */
export function parseProtobuf(text: string): ProtoFile {
  const tokens = tokensOf(text);
  let at = 0;
  let syntax = 'proto2';
  let syntaxAt: Stretch | undefined;
  let packageName: string | undefined;
  let service = false;
  const imports: ProtoFile['imports'][number][] = [];
  const types: ProtoType[] = [];

  while (at < tokens.length) {
    const { text: first } = peek();
    if (first === 'message') {
      types.push(message('', 0));
      continue;
    }
    if (first === 'enum') {
      types.push(enumeration(''));
      continue;
    }
    const { text: word } = next();
    if (word === ';') continue;
    if (word === 'syntax' || word === 'edition') {
      sign('=');
      const value = string();
      syntax = word === 'syntax' ? unquoted(value) : 'editions';
      syntaxAt = value;
      if (word === 'syntax' && !/^proto[23]$/.test(syntax))
        throw invalid(`there is no syntax ${mention(syntax)}`, value);
      sign(';');
    } else if (word === 'package') {
      packageName = typeName();
      sign(';');
    } else if (word === 'import') {
      if (/^(public|weak|option)$/.test(peek().text)) next();
      const name = string();
      imports.push({ name: unquoted(name), at: name });
      sign(';');
    } else if (word === 'option' || word === 'service' || word === 'extend') {
      service ||= word === 'service';
      skip();
    } else throw invalid(`${word} is nothing that a file has`, tokens[at - 1] ?? end());
  }
  refuseTwice(types);
  return {
    syntax,
    ...(syntaxAt && { syntaxAt }),
    package: packageName,
    imports,
    types,
    service,
  };

  function message(outer: string, depth: number): ProtoMessage {
    const start = next();
    if (depth > deepest) throw invalid('nested too deep', start);
    const nameAt = word();
    sign('{');
    const body = messageBody(outer === '' ? nameAt.text : `${outer}.${nameAt.text}`, depth);
    return {
      kind: 'message',
      name: nameAt.text,
      path: outer === '' ? nameAt.text : `${outer}.${nameAt.text}`,
      at: { start: start.start, end: before().end },
      nameAt,
      ...body,
    };
  }

  function messageBody(path: string, depth: number) {
    const fields: ProtoField[] = [];
    const nested: ProtoType[] = [];
    const reserved: Words = { ranges: [], names: [] };
    while (peek().text !== '}') {
      const { text: first } = peek();
      if (first === ';') next();
      else if (first === 'message' && isDefinition()) nested.push(message(path, depth + 1));
      else if (first === 'enum' && isDefinition()) nested.push(enumeration(path));
      else if (first === 'oneof' && isDefinition()) {
        next();
        const { text: name } = word();
        sign('{');
        while (peek().text !== '}') {
          if (peek().text === 'option') skip();
          else if (peek().text === ';') next();
          else field(path, depth, fields, nested, name);
        }
        next();
      } else if (first === 'reserved' && isReserved()) {
        next();
        reservedWords(reserved, greatestTag);
      } else if (first === 'extensions' && peek(1).kind === 'number') skip();
      else if (first === 'option' && isOption()) skip();
      else if (first === 'extend' && isExtension()) skip();
      else field(path, depth, fields, nested, undefined);
    }
    next();
    refuseFields(fields, reserved);
    return { fields, types: nested, reserved };
  }

  function field(
    path: string,
    depth: number,
    fields: ProtoField[],
    nested: ProtoType[],
    oneof: string | undefined,
  ): void {
    const start = peek();
    // A type may be called `optional`, but nobody does so.
    const label = /^(required|optional|repeated)$/.test(start.text)
      ? (next().text as Label)
      : undefined;
    const typeStart = peek();
    if (typeStart.text === 'group') {
      group(path, depth, fields, nested, label, oneof);
      return;
    }
    let keyType: string | undefined;
    let type: string;
    if (typeStart.text === 'map' && peek(1).text === '<') {
      next();
      next();
      keyType = typeName();
      sign(',');
      type = typeName();
      sign('>');
    } else type = typeName();
    const typeAt = { start: typeStart.start, end: before().end };
    const nameAt = word();
    sign('=');
    const tagAt = number();
    const options = peek().text === '[' ? fieldOptions() : [];
    sign(';');
    fields.push({
      name: nameAt.text,
      tag: wholeNumber(tagAt),
      label,
      type,
      ...(keyType !== undefined && { keyType }),
      ...(oneof !== undefined && { oneof }),
      at: { start: start.start, end: before().end },
      nameAt,
      typeAt,
      tagAt,
      ...(options.includes('deprecated') && { deprecated: true }),
    });
  }

  /** Of proto2: a message and a field of it at once. */
  function group(
    path: string,
    depth: number,
    fields: ProtoField[],
    nested: ProtoType[],
    label: Label | undefined,
    oneof: string | undefined,
  ): void {
    const start = next();
    const nameAt = word();
    sign('=');
    const tagAt = number();
    if (peek().text === '[') fieldOptions();
    sign('{');
    if (depth > deepest) throw invalid('nested too deep', start);
    const inner = `${path}.${nameAt.text}`;
    const body = messageBody(inner, depth + 1);
    const place = { start: start.start, end: before().end };
    nested.push({ kind: 'message', name: nameAt.text, path: inner, at: place, nameAt, ...body });
    fields.push({
      name: nameAt.text.toLowerCase(),
      tag: wholeNumber(tagAt),
      label,
      type: nameAt.text,
      ...(oneof !== undefined && { oneof }),
      at: place,
      nameAt,
      typeAt: nameAt,
      tagAt,
    });
  }

  function enumeration(outer: string): ProtoEnum {
    const start = next();
    const nameAt = word();
    sign('{');
    const values: ProtoValue[] = [];
    const reserved: Words = { ranges: [], names: [] };
    let alias = false;
    while (peek().text !== '}') {
      if (peek().text === ';') next();
      else if (peek().text === 'option' && peek(1).text !== '=') {
        alias ||= peek(1).text === 'allow_alias' && peek(3).text === 'true';
        skip();
      } else if (peek().text === 'reserved' && isReserved()) {
        next();
        reservedWords(reserved, 2_147_483_647);
      } else {
        const name = word();
        sign('=');
        const isNegative = peek().text === '-';
        if (isNegative) next();
        const value = wholeNumber(number());
        if (peek().text === '[') fieldOptions();
        sign(';');
        values.push({ name: name.text, number: isNegative ? -value : value, at: name });
      }
    }
    next();
    if (values.length === 0) throw invalid(`the enum ${nameAt.text} has no values`, nameAt);
    const numbers = new Map<number, string>();
    for (const value of values) {
      const other = numbers.get(value.number);
      if (other !== undefined && !alias)
        throw invalid(`${value.name} has the number of ${other}`, value.at);
      numbers.set(value.number, value.name);
    }
    return {
      kind: 'enum',
      name: nameAt.text,
      path: outer === '' ? nameAt.text : `${outer}.${nameAt.text}`,
      at: { start: start.start, end: before().end },
      nameAt,
      values,
      alias,
      reserved,
    };
  }

  function reservedWords(into: Words, max: number): void {
    do {
      if (peek().kind === 'string') into.names.push(unquoted(next()));
      else if (peek().kind === 'word') into.names.push(next().text);
      else {
        const from = signed();
        let to = from;
        if (peek().text === 'to') {
          next();
          if (peek().text === 'max') {
            next();
            to = max;
          } else to = signed();
        }
        into.ranges.push({ from, to });
      }
    } while (next().text === ',');
    if (before().text !== ';') throw invalid('a ; is missing', before());
  }

  function signed(): number {
    const isNegative = peek().text === '-';
    if (isNegative) next();
    const value = wholeNumber(number());
    return isNegative ? -value : value;
  }

  /** `[deprecated = true, (my.option) = {...}]`: the names of those that are true. */
  function fieldOptions(): string[] {
    const found: string[] = [];
    sign('[');
    for (let depth = 1; depth > 0; ) {
      const { text: part } = next();
      if (part === '[' || part === '{' || part === '(') depth += 1;
      if (part === ']' || part === '}' || part === ')') depth -= 1;
      if (peek().text === '=' && peek(1).text === 'true') found.push(part);
    }
    return found;
  }

  /** To the end of a statement, or of its block. */
  function skip(): void {
    for (let depth = 0; ; ) {
      const { text: part } = next();
      if (part === '{' || part === '[') depth += 1;
      if (part === '}' || part === ']') depth -= 1;
      if (depth === 0 && (part === ';' || part === '}')) {
        if (part === '}' && peekOrEnd()?.text === ';') next();
        return;
      }
    }
  }

  function isDefinition(): boolean {
    return peek(1).kind === 'word' && peek(2).text === '{';
  }
  function isReserved(): boolean {
    const { kind, text: after } = peek(1);
    return kind === 'number' || kind === 'string' || after === '-' || /^[;,]$/.test(peek(2).text);
  }
  function isOption(): boolean {
    return peek(2).text !== '=' || peek(3).kind !== 'number' || peek(1).text === '(';
  }
  function isExtension(): boolean {
    for (let ahead = 1; ahead < 20; ahead++) {
      if (peek(ahead).text === '{') return true;
      if (peek(ahead).text === '=') return false;
    }
    return false;
  }

  /** `.package.Message`. */
  function typeName(): string {
    let name = '';
    if (peek().text === '.') name += next().text;
    name += word().text;
    while (peek().text === '.') name += next().text + word().text;
    return name;
  }

  function end(): Token {
    return { kind: 'sign', text: '', start: text.length, end: text.length };
  }
  function peekOrEnd(ahead = 0): Token | undefined {
    return tokens[at + ahead];
  }
  function peek(ahead = 0): Token {
    const token = tokens[at + ahead];
    if (!token) throw invalid('the file ends in the middle', end());
    return token;
  }
  function next(): Token {
    const token = peek();
    at += 1;
    return token;
  }
  function before(): Token {
    return tokens[at - 1] ?? end();
  }
  function sign(wanted: string): void {
    const token = next();
    if (token.text !== wanted) throw invalid(`${wanted} is expected`, token);
  }
  function ofKind(kind: Token['kind'], what: string): Token {
    const token = next();
    if (token.kind !== kind) throw invalid(`${what} is expected`, token);
    return token;
  }
  function word(): Token {
    return ofKind('word', 'a name');
  }
  function number(): Token {
    return ofKind('number', 'a number');
  }
  function string(): Token {
    return ofKind('string', 'a text in quotes');
  }
}

const invalid = (says: string, { start, end }: Stretch) => new InvalidSchema({ says, start, end });
const unquoted = ({ text }: Token) => text.slice(1, -1);

function wholeNumber(token: Token): number {
  const value = /^0[0-7]+$/.test(token.text) ? Number.parseInt(token.text, 8) : Number(token.text);
  if (!Number.isSafeInteger(value)) throw invalid(`${token.text} is no whole number`, token);
  return value;
}

/** What protoc refuses of a message's fields. */
function refuseFields(fields: readonly ProtoField[], reserved: Words): void {
  const tags = new Map<number, ProtoField>();
  const names = new Set<string>();
  for (const field of fields) {
    const other = tags.get(field.tag);
    if (other) throw invalid(`${field.name} has the number of ${other.name}`, field.tagAt);
    if (names.has(field.name)) throw invalid(`${field.name} is there twice`, field.nameAt);
    if (field.tag < 1 || field.tag > greatestTag || (field.tag >= 19_000 && field.tag <= 19_999))
      throw invalid(`${field.tag} is no number for a field`, field.tagAt);
    if (reserved.ranges.some(({ from, to }) => field.tag >= from && field.tag <= to))
      throw invalid(`${field.name} has a reserved number`, field.tagAt);
    if (reserved.names.includes(field.name))
      throw invalid(`the name ${field.name} is reserved`, field.nameAt);
    tags.set(field.tag, field);
    names.add(field.name);
  }
}

function refuseTwice(types: readonly ProtoType[]): void {
  const seen = new Set<string>();
  for (const type of allTypes(types)) {
    if (seen.has(type.path)) throw invalid(`${type.path} is defined twice`, type.nameAt);
    seen.add(type.path);
  }
}
