import type { Excerpt } from '../../../files/formats/excerpt.ts';
import type { Configuration, Value } from '../../facts/configuration.ts';
import type { Call } from '../shell/interpret.ts';
import type { ToolCall } from '../shell/tools.ts';
import { valueIn } from '../value.ts';
import { connectorsIn } from './connectors.ts';

const bodies = /^(-d|--data(-raw|-binary|-ascii)?|--json)$/;

/** Connectors that a `curl` call posts, or puts; a file that it names is read by itself. */
export function connectorsOfCurl({ words, input }: ToolCall): Configuration[] {
  return words.flatMap((word, index) => {
    const text = 'known' in word.value ? word.value.known : '';
    if (/^(-d|--data[\w-]*=|--json=)@-$/.test(text)) return input ? posted(input) : [];
    if (!bodies.test(text)) return [];
    const body = words[index + 1];
    const isInput = body && 'known' in body.value && body.value.known === '@-';
    const from = isInput ? input : body?.inside;
    return from ? posted(from) : [];
  });
}

const posted = (body: NonNullable<Call['input']>): Configuration[] =>
  connectorsIn(withoutBreaks(body), body.expands ? expanded : valueIn);

/** `'…'"$HOST"'…'` is one word of several parts, and has no excerpt; `$HOST` within is not known. */
const expanded = (text: string): Value => {
  const [variable] = /\$(\w+|\{[^}]*\}|\([^)]*\))/.exec(text) ?? [];
  return variable === undefined ? valueIn(text) : { unknown: `${variable} is put in elsewhere` };
};

/** A backslash before the end of a line joins it with the next, where the shell expands. */
const withoutBreaks = (body: Excerpt & { readonly expands: boolean }): Excerpt =>
  body.expands ? { text: body.text.replaceAll('\\\n', '  '), place: body.place } : body;
