import type { ProjectFile } from '../project-file.ts';

export type Property = { readonly key: string; readonly value: string; readonly line: number };

export async function properties(file: ProjectFile): Promise<Property[]> {
  const { parseLines } = await import('dot-properties');
  return parseLines(file.text, true).flatMap((node) =>
    'key' in node && 'value' in node
      ? [{ key: String(node.key), value: String(node.value), line: file.lineAt(node.range[0]) }]
      : [],
  );
}
