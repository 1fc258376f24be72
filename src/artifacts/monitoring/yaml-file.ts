import { Document, isPair, isScalar, isSeq, type Pair, visit } from 'yaml';

/** Reasons above keys, by path; the key of a list's items stands for each of them. */
export type Comments = Readonly<Record<string, string>>;

/** A YAML file that starts with `head`, lines that are comments already. */
export function yamlFile(head: string, data: unknown, comments: Comments = {}): string {
  const document = new Document(data, { aliasDuplicateObjects: false });
  visit(document, {
    Pair(_, pair, path) {
      const comment = comments[[...path.filter(isPair), pair].map(keyOf).join('.')];
      if (!comment || !isScalar(pair.key)) return;
      // Above the dash of a list item whose first key this is: YAML has no better place.
      const owner = path.at(-1);
      const target =
        isSeq(path.at(-2)) && owner && 'items' in owner && owner.items[0] === pair
          ? owner
          : pair.key;
      target.commentBefore = comment.replaceAll(/^/gm, ' ');
    },
  });
  return `${head}\n\n${document.toString({ lineWidth: 0 })}`;
}

const keyOf = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key);
