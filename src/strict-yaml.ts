import {
  type Alias,
  type Document,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLParseError,
} from 'yaml';
import { refuse, type Trouble } from './errors.ts';
import { dotted, type Path } from './mistakes.ts';

type StrictYaml = {
  readonly value: unknown;
  /** `file:line:column path` of the value there, or of the nearest parent that is there. */
  readonly place: (path: Path) => string;
};

/** One document of YAML that a person wrote for krafter, or a refusal that names line and column. */
export function strictYaml(
  text: string,
  name: string,
  { whenEmpty, noAliases }: { readonly whenEmpty: string; readonly noAliases: string },
): StrictYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const [syntax] = document.errors;
  if (syntax) throw refuse({ ...syntaxTrouble(syntax, name), where: at(syntax.pos[0]) });
  const value = toPlain(document, name, at, noAliases);
  if (value === null || value === undefined)
    throw refuse({ what: `${name} is empty.`, where: `${name}:1:1`, next: whenEmpty });
  const place = (path: Path) =>
    `${at(offsetOf(document.contents, path))} ${dotted(path)}`.trimEnd();
  return { value, place };
}

function syntaxTrouble({ code, message }: YAMLParseError, name: string): Omit<Trouble, 'where'> {
  switch (code) {
    case 'DUPLICATE_KEY':
      return {
        what: `${name} has a key twice.`,
        why: 'One of the two would be ignored, and nobody could say which.',
        next: 'Remove one of them.',
      };
    case 'TAB_AS_INDENT':
      return { what: `${name} is indented with a tab.`, next: 'YAML wants spaces; replace it.' };
    case 'MULTIPLE_DOCS':
      return {
        what: `${name} holds more than one YAML document.`,
        next: 'Remove the line --- and what follows it.',
      };
    default:
      return { what: `${name} is not valid YAML: ${firstLine(message)}.`, next: 'Mend that line.' };
  }
}

function toPlain(
  document: Document,
  name: string,
  at: (offset: number) => string,
  noAliases: string,
): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch {
    const { alias, isDangling } = suspiciousAlias(document);
    throw refuse({
      what: isDangling
        ? `${name} uses the YAML alias *${alias?.source}, which has no anchor.`
        : `${name} repeats itself through YAML aliases until it no longer fits into memory.`,
      where: at(alias?.range?.[0] ?? 0),
      next: noAliases,
    });
  }
}

/** The alias without an anchor, else the first one. */
function suspiciousAlias(document: Document): { alias: Alias | undefined; isDangling: boolean } {
  const aliases: Alias[] = [];
  visit(document, { Alias: (_, alias) => void aliases.push(alias) });
  const dangling = aliases.find((alias) => !alias.resolve(document));
  return { alias: dangling ?? aliases[0], isDangling: dangling !== undefined };
}

/** Offset of the value at a path, or of the nearest parent that is there. */
function offsetOf(contents: unknown, path: Path): number {
  let node = contents as
    | (Node & { items?: unknown[]; get?: (key: unknown, keep: true) => unknown })
    | null;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    const items = node?.items as { key?: Node & { value?: unknown } }[] | undefined;
    const pair = items?.find(
      (item) => isScalar(item?.key) && String(item.key.value) === String(part),
    );
    if (pair?.key?.range) offset = pair.key.range[0];
    const next = node?.get?.(part, true) as typeof node | undefined;
    if (!next) break;
    node = next;
    if (!pair && node.range) offset = node.range[0];
  }
  return offset;
}

const firstLine = (text: string): string =>
  text.split('\n')[0]?.replace(/:?( at line.*)?$/, '') ?? text;
