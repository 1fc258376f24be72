import { jsonValue, mergeJson } from './json.ts';
import { lostLines, markDifferences, mergeLines, sameLines } from './lines.ts';
import { mergeProperties, propertiesValue } from './properties.ts';
import type { StructureMerge } from './structure.ts';
import { mergeYaml, yamlValue } from './yaml.ts';

export type Merged =
  | { readonly kind: 'clean'; readonly text: string }
  /** `at` names lines or keys; `marked` has both sides in markers. */
  | { readonly kind: 'conflict'; readonly at: string; readonly marked: string };

type Format = {
  readonly merge: (base: string, theirs: string, ours: string) => StructureMerge | undefined;
  /** Equal for equal content; undefined when the text is not of this format. */
  readonly value: (text: string) => string | undefined;
};

const yaml: Format = { merge: mergeYaml, value: yamlValue };
const json: Format = { merge: mergeJson, value: jsonValue };
const properties: Format = { merge: mergeProperties, value: propertiesValue };
const formats: Record<string, Format> = {
  yaml,
  yml: yaml,
  json,
  avsc: json,
  properties,
};

// Beyond this the line merge takes seconds; nothing that is generated comes near.
const mostLines = 30_000;

/**
 * Brings krafter's change from `base` to `ours` into the person's text. By lines first, as that
 * leaves everything else as it is; by structure where the lines are adjacent, or where the lines
 * alone would put a key in a wrong or a second place. Never loses a line the person wrote.
 */
export function merge(path: string, base: string, theirs: string, ours: string): Merged {
  if (!isCrlf(theirs)) return mergeUnix(path, base, theirs, ours);
  const merged = mergeUnix(path, unix(base), unix(theirs), unix(ours));
  return merged.kind === 'clean'
    ? { ...merged, text: crlf(merged.text) }
    : { ...merged, marked: crlf(merged.marked) };
}

/** A person's checkout may have turned the ends of all lines into CR LF: not an edit. */
export const sameText = (theirs: string, base: string) =>
  theirs === base || (isCrlf(theirs) && unix(theirs) === unix(base));

function mergeUnix(path: string, base: string, theirs: string, ours: string): Merged {
  if (theirs === base || theirs === ours) return { kind: 'clean', text: ours };
  if (base === ours || sameLines(theirs, ours)) return { kind: 'clean', text: theirs };
  if ([base, theirs, ours].some((text) => text.split('\n').length > mostLines))
    return { kind: 'conflict', at: 'a file this long', marked: markDifferences(theirs, ours) };

  const byLines = mergeLines(base, theirs, ours);
  const format = formats[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
  if (!format?.value(theirs) || !format.value(ours)) return byLines;

  const byStructure = attempt(() => format.merge(base, theirs, ours));
  const keeps = (text: string) => lostLines(base, theirs, text).length === 0;
  const lineValue = byLines.kind === 'clean' ? format.value(byLines.text) : undefined;
  if (byStructure?.kind === 'clean' && keeps(byStructure.text))
    return lineValue === format.value(byStructure.text) ? byLines : byStructure;
  if (lineValue !== undefined) return byLines;
  if (byStructure?.kind === 'conflict') {
    const marked = markDifferences(byStructure.mine, byStructure.krafters);
    if (keeps(marked)) return { kind: 'conflict', at: byStructure.keys.join(', '), marked };
  }
  return byLines.kind === 'conflict'
    ? byLines
    : { kind: 'conflict', at: 'its structure', marked: markDifferences(theirs, ours) };
}

/** The YAML library throws for trees that can't be printed, e.g. an alias without its anchor. */
function attempt<T>(merge: () => T): T | undefined {
  try {
    return merge();
  } catch {
    return undefined;
  }
}

const isCrlf = (text: string) => text.includes('\r\n') && !/(^|[^\r])\n/.test(text);
const unix = (text: string) => text.replaceAll('\r\n', '\n');
const crlf = (text: string) => text.replaceAll('\n', '\r\n');
