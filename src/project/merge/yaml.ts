import { type Document, isMap, isSeq, type Node, parseAllDocuments } from 'yaml';
import { keepFormatting } from './lines.ts';
import { canonical, mergeTrees, type StructureMerge } from './structure.ts';

/** Merges YAML by key; undefined when one of the texts is not YAML, or their documents differ. */
export function mergeYaml(base: string, theirs: string, ours: string): StructureMerge | undefined {
  const attempt = (side: 'mine' | 'krafters') => {
    const [b, t, o] = [parse(base), parse(theirs), parse(ours)];
    if (!b || !t || !o || b.length !== t.length || o.length !== t.length) return undefined;
    const options = formatOf(theirs);
    const printed = print(t, options);
    const keys = t.flatMap((document, index) =>
      mergeTrees(
        b[index]?.contents as Node,
        document.contents as Node,
        o[index]?.contents as Node,
        side,
      ),
    );
    const text = keepFormatting(theirs, printed, print(t, options));
    return yamlValue(text) === canonicalText(t) ? { keys, text } : undefined;
  };
  const mine = attempt('mine');
  if (!mine || mine.keys.length === 0) return mine && { kind: 'clean', text: mine.text };
  const krafters = attempt('krafters');
  return (
    krafters && { kind: 'conflict', keys: mine.keys, mine: mine.text, krafters: krafters.text }
  );
}

export function yamlValue(text: string): string | undefined {
  const documents = parse(text);
  return documents && canonicalText(documents);
}

const canonicalText = (documents: Document.Parsed[]) =>
  documents.map(({ contents }) => canonical(contents)).join('\n');

function parse(text: string): Document.Parsed[] | undefined {
  // Kafka's largest numbers (retention for ever) don't fit JavaScript's.
  const documents = parseAllDocuments(text, { intAsBigInt: true, uniqueKeys: true });
  if (!Array.isArray(documents)) return undefined;
  const usable = documents.every(
    ({ errors, contents }) => errors.length === 0 && (isMap(contents) || isSeq(contents)),
  );
  return usable ? documents : undefined;
}

type Format = { lineWidth: 0; indent: number; indentSeq: boolean };

const print = (documents: Document.Parsed[], format: Format) =>
  documents.map((document) => document.toString(format)).join('');

/** How the person indents: what differs from it would be printed in another way. */
function formatOf(text: string): Format {
  const nested = /^( *)[^\s#-][^\n]*:[ \t]*\n\1( +)(?=[^\s#-])/m.exec(text);
  const flush = /^( *)[^\s#-][^\n]*:[ \t]*\n\1- /m.test(text);
  return { lineWidth: 0, indent: nested?.[2]?.length ?? 2, indentSeq: !flush };
}
