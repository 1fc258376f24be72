/** Words of a command with their places, and what is in their quotes. */
import type { WordPart, Word as Written } from 'unbash';
import { type Excerpt, excerptOf, type Piece } from '../../../files/formats/excerpt.ts';
import { placeholder } from '../../../files/formats/template.ts';
import type { Place } from '../../../files/place.ts';
import type { Value } from '../../facts/configuration.ts';
import { fieldsOf, listIn, mostWords } from './expansion.ts';
import type { Scope } from './scope.ts';

/** An argument as the program gets it. */
export type Word = {
  readonly value: Value;
  readonly at: Place;
  /** It may be several words, or none: a variable without quotes, `"$@"`. */
  readonly many?: true;
  /** What stands behind the last thing that is not known. */
  readonly tail: string;
  /** Of a stretch of its value. */
  part(start: number, end: number): Place;
  /** The text in its quotes, if another shell or JSON parser is to read it. */
  readonly inside: (Excerpt & { readonly expands: boolean }) | undefined;
};

/** A word that stands as it is: an item of a list. */
export function plainWord(excerpt: Excerpt, value: Value): Word {
  const { text } = excerpt;
  const isExact = 'known' in value && value.known === text;
  return {
    value,
    at: excerpt.place(0, text.length),
    tail: isExact ? text : text.slice(text.lastIndexOf(placeholder) + 1).replace(/^.*[})]/s, ''),
    part: (start, end) => (isExact ? excerpt.place(start, end) : excerpt.place(0, text.length)),
    inside: { ...excerpt, expands: false },
  };
}

export function wordsOf(written: Written, scope: Scope, excerpt: Excerpt): Word[] {
  const place = placeOf(written, excerpt);
  const make = (value: Value, tail: string, many: boolean): Word => {
    const isExact = 'known' in value && value.known === place.text;
    return {
      value,
      at: place.at,
      tail,
      ...(many && { many: true }),
      part: (start, end) =>
        isExact ? excerpt.place(place.start + start, place.start + end) : place.at,
      // It may be long, and the word said often.
      get inside() {
        return insideOf(written, excerpt);
      },
    };
  };
  const lists = (written.parts ?? []).flatMap((part) => listIn(part, scope) ?? []);
  if (lists.length > 0 && written.parts?.length === 1)
    return lists
      .slice(0, mostWords)
      .map((value) => make(value, 'known' in value ? value.known : '', false));
  return fieldsOf(written, scope).map(({ value, tail, many }) => make(value, tail, many));
}

/** Between its quotes, if quotes are all around it. */
function placeOf({ pos, end, parts, text }: Written, excerpt: Excerpt) {
  const [only, ...more] = parts ?? [];
  const isQuoted =
    more.length === 0 && (only?.type === 'SingleQuoted' || only?.type === 'DoubleQuoted');
  const [start, until] = isQuoted ? [pos + 1, end - 1] : [pos, end];
  return {
    start,
    at: excerpt.place(start, until),
    text: isQuoted ? text.slice(1, -1) : text,
  };
}

function insideOf(written: Written, excerpt: Excerpt): Word['inside'] {
  const [only, ...more] = written.parts ?? [];
  const { pos, end } = written;
  if (more.length > 0) return { ...excerptOf(excerpt, mixedPieces(written)), expands: false };
  if (!only)
    return { ...excerptOf(excerpt, [{ text: written.value, offset: pos }]), expands: false };
  const text = excerpt.text.slice(pos + 1, end - 1);
  if (only.type === 'SingleQuoted')
    return { ...excerptOf(excerpt, [{ text, offset: pos + 1 }]), expands: false };
  return only.type === 'DoubleQuoted'
    ? { ...excerptOf(excerpt, unescapedPieces(text, pos + 1)), expands: true }
    : undefined;
}

/** `'{"host": "'"$HOST"'"}'`: what is put in stands as blanks that nobody writes. */
function mixedPieces({ parts = [] }: Written): Piece[] {
  const pieceOf = (part: WordPart): Piece[] => {
    switch (part.type) {
      case 'DoubleQuoted':
        return part.parts.flatMap(pieceOf);
      case 'SingleQuoted':
        return [{ text: part.value, offset: part.pos + 1 }];
      case 'Literal':
        return [{ text: part.value, offset: part.pos }];
      default:
        return [{ text: placeholder.repeat(part.end - part.pos), offset: part.pos }];
    }
  };
  return parts.flatMap(pieceOf);
}

/** What double quotes hold: a backslash before one of these is not there. */
function unescapedPieces(text: string, offset: number): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { index } of text.matchAll(/\\(?=["$`\\])/g)) {
    if (index < from) continue;
    pieces.push({ text: text.slice(from, index), offset: offset + from });
    pieces.push({ text: text.slice(index + 1, index + 2), offset: offset + index + 1 });
    from = index + 2;
  }
  return [...pieces, { text: text.slice(from), offset: offset + from }];
}
