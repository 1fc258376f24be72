import type { Place } from '../../../files/place.ts';
import type { ProjectFile } from '../../../files/project-file.ts';
import type { Value } from '../../facts/configuration.ts';

export type Variable = {
  readonly name: string;
  readonly text: string;
  readonly keyAt: Place;
  readonly valueAt: Place;
};

const line =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]{0,199})[ \t]*[=:][ \t]*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\n]*)/gm;

/** An environment file, as Compose reads it: a variable a line, quotes and comments. */
export function environmentFile(file: ProjectFile): Variable[] {
  return [...file.text.matchAll(line)].map((match) => {
    const [whole, name = '', raw = ''] = match;
    const quote = /^(["'])[\s\S]*\1$/.exec(raw)?.[1];
    const text = quote ? raw.slice(1, -1) : raw.replace(/(^|\s)#.*$/, '').trimEnd();
    const start = match.index + whole.indexOf(name);
    const from = match.index + whole.length - raw.length + (quote ? 1 : 0);
    return {
      name,
      text,
      keyAt: file.place(start, start + name.length),
      valueAt: file.place(from, from + text.length),
    };
  });
}

/** What `${NAME}` is filled in with; undefined where only the shell can tell. */
export type Lookup = (name: string) => { readonly text: string; readonly from: string } | undefined;

const deepest = 5;

/** Compose's interpolation: `$X`, `${X}`, `${X:-d}`, `${X-d}`, `${X:+d}`, `${X:?e}`, `$$`. */
export function interpolated(text: string, lookup: Lookup, depth = 0): Value {
  if (!text.includes('$')) return { known: text };
  let known = '';
  let from: string | undefined;
  for (let at = 0; at < text.length; ) {
    const dollar = text.indexOf('$', at);
    if (dollar === -1) {
      known += text.slice(at);
      break;
    }
    known += text.slice(at, dollar);
    if (text[dollar + 1] === '$') {
      known += '$';
      at = dollar + 2;
      continue;
    }
    const part = referenceAt(text, dollar);
    if (!part || depth > deepest) return { unknown: 'a variable that can not be filled in' };
    const value = filled(part, lookup, depth + 1);
    if ('unknown' in value) return value;
    known += value.known;
    from ??= value.from;
    at = part.end;
  }
  return { known, ...(from !== undefined && { from }) };
}

type Reference = {
  readonly name: string;
  readonly operator: string;
  readonly rest: string;
  readonly end: number;
};

function referenceAt(text: string, dollar: number): Reference | undefined {
  const pattern = /\$(?:([A-Za-z_]\w{0,199})|\{([A-Za-z_]\w{0,199})(:?[-+?])?)/y;
  pattern.lastIndex = dollar;
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [, bare, braced = '', operator = ''] = match;
  if (bare !== undefined) return { name: bare, operator: '', rest: '', end: pattern.lastIndex };
  let open = 1;
  for (let at = pattern.lastIndex; at < text.length; at++) {
    if (text[at] === '{') open++;
    else if (text[at] === '}' && --open === 0)
      return { name: braced, operator, rest: text.slice(pattern.lastIndex, at), end: at + 1 };
  }
  return undefined;
}

function filled({ name, operator, rest }: Reference, lookup: Lookup, depth: number): Value {
  const found = lookup(name);
  const isSet = found !== undefined && (!operator.startsWith(':') || found.text !== '');
  if (operator.endsWith('+')) return { unknown: `\${${name}} decides it` };
  if (isSet) return { known: found.text, from: found.from };
  if (!operator.endsWith('-')) return { unknown: `\${${name}} is put in elsewhere` };
  const value = interpolated(rest, lookup, depth);
  return 'known' in value ? { known: value.known, from: `the default of ${name}` } : value;
}
