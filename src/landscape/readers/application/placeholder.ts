import type { Value } from '../../facts/configuration.ts';

/** What Maven, Gradle, Jinja, ERB and Spring's own expressions and ciphers put in. */
const elsewhere =
  /\{\{.{0,200}?\}\}|@[\w.-]{1,100}@|<%.{0,200}?%>|\$\([\w.]{1,100}\)|#\{[^}]{0,200}\}|^\{cipher\}/;
const deepest = 8;

/** The text of another setting of the application, by its name without dashes and capitals. */
export type Lookup = (plainName: string) => string | undefined;

/** Spring looks at names without dashes, underscores and capitals: `group-id` is `groupId`. */
export const plain = (key: string): string => key.replaceAll(/[-_]/g, '').toLowerCase();

/** The text with `${name:default}` filled in, from the application's own settings and defaults. */
export function filledIn(text: string, lookup: Lookup): Value {
  const [foreign] = elsewhere.exec(text) ?? [];
  if (foreign !== undefined) return { unknown: `${foreign} is put in elsewhere` };
  return filled(text, lookup, 0);
}

function filled(text: string, lookup: Lookup, depth: number): Value {
  const start = text.indexOf('${');
  if (start === -1) return { known: text };
  const end = endOf(text, start + 2);
  if (end === -1 || depth > deepest) return { unknown: 'its placeholder can not be filled' };
  const value = inserted(text.slice(start + 2, end), lookup, depth + 1);
  if ('unknown' in value) return value;
  const rest = filled(text.slice(end + 1), lookup, depth + 1);
  if ('unknown' in rest) return rest;
  const from = value.from ?? rest.from;
  return {
    known: text.slice(0, start) + value.known + rest.known,
    ...(from !== undefined && { from }),
  };
}

function inserted(inside: string, lookup: Lookup, depth: number): Value {
  const colon = inside.indexOf(':');
  const name = colon === -1 ? inside : inside.slice(0, colon);
  if (name.startsWith('random.')) return { unknown: `\${${name}} is another at each start` };
  const other = lookup(plain(name));
  const text = other ?? (colon === -1 ? undefined : inside.slice(colon + 1));
  if (text === undefined) return { unknown: `\${${name}} is put in elsewhere` };
  const value = filled(text, lookup, depth);
  if ('unknown' in value) return value;
  // An empty default waits for somebody to fill it in.
  if (value.known === '') return { unknown: `\${${name}} is put in elsewhere` };
  const from = value.from ?? (other === undefined ? `the default of ${name}` : name);
  return { known: value.known, from };
}

/** Where the placeholder's brace closes. */
function endOf(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}
