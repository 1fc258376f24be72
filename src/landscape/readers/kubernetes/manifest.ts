import { isTemplate, literalPart } from '../../../files/formats/template.ts';
import { type YamlNode, yamlDocuments } from '../../../files/formats/yaml.ts';
import type { Place } from '../../../files/place.ts';
import { ProjectFile } from '../../../files/project-file.ts';
import type { Located } from '../../facts/configuration.ts';
import type { Resource } from '../../facts/workload.ts';
import { valueIn } from '../value.ts';

/** A resource as its manifest has it, or as much of it as its template says. */
export type Manifest = {
  readonly kind: string;
  readonly apiVersion: YamlNode;
  readonly name: string;
  /** Undefined where it is left to whoever applies it. */
  readonly namespace: string | undefined;
  readonly root: YamlNode;
  /** Its name, or what it begins with. */
  readonly at: Place;
  /** What the file says, or would say: templates with blanks for what they put in. */
  readonly source: ProjectFile;
  /** Whether a template may put more into this part of it. */
  isOpen(node: YamlNode | undefined): boolean;
};

/** Files of manifests, and templates of them. */
export const manifestFiles = /\.(ya?ml|tpl|j2)$/;

/** The resources of a file whose apiVersion matches; other documents need not be parsed. A template that is not YAML gives none. */
export async function manifestsOf(
  file: ProjectFile,
  mentions: RegExp,
  apiVersion = mentions,
): Promise<Manifest[]> {
  const template = isTemplate(file.text) ? literalPart(file.text) : undefined;
  const source = template ? new ProjectFile(file.path, template.text) : file;
  let documents: YamlNode[];
  try {
    documents = await yamlDocuments(source, mentions);
  } catch (error) {
    if (template) return [];
    throw error;
  }
  const gaps = template?.gaps ?? [];
  return documents
    .flatMap((document) =>
      document.get('kind')?.text === 'List' ? (document.get('items')?.items() ?? []) : [document],
    )
    .flatMap((root) => {
      const [version, kind] = [root.get('apiVersion'), root.get('kind')?.text];
      if (!version?.text || !kind || !apiVersion.test(version.text)) return [];
      const name = root.get('metadata', 'name');
      return [
        {
          kind,
          apiVersion: version,
          name: name?.text ?? '',
          namespace: root.get('metadata', 'namespace')?.text,
          root,
          at: name?.at ?? version.at,
          source,
          isOpen: (node: YamlNode | undefined) =>
            node !== undefined && gaps.some((line) => isWithin(source, line, node)),
        },
      ];
    });
}

/** Also between the last line of a node and the next line that says something. */
function isWithin(source: ProjectFile, line: number, node: YamlNode): boolean {
  const { endLine } = node.at;
  if (line < node.line || line > endLine + 20) return false;
  for (let between = endLine + 1; between < line; between++)
    if (source.line(between).trim() !== '') return false;
  return true;
}

// Against alias bombs: nodes that are looked at, not scalars that are found.
const mostNodes = 5_000;
const deepest = 14;

/** A manifest for rules about it: its scalars by path. */
export function resourceOf(manifest: Manifest): Resource {
  const { kind, apiVersion, name, namespace, at, root } = manifest;
  const fields = new Map<string, Located>();
  let left = mostNodes;
  const collect = (node: YamlNode, path: string, depth: number) => {
    if (depth > deepest || left-- <= 0) return;
    const [entries, items] = [node.entries(), node.items()];
    if (entries.length + items.length === 0) fields.set(path, locatedOf(node));
    for (const [key, child] of entries) collect(child, path ? `${path}.${key}` : key, depth + 1);
    for (const [index, child] of items.entries()) collect(child, `${path}.${index}`, depth + 1);
  };
  collect(root, '', 0);
  return {
    kind,
    apiVersion: locatedOf(apiVersion),
    name,
    ...(namespace !== undefined && { namespace }),
    at,
    fields,
    ...(manifest.isOpen(root) && { open: true as const }),
  };
}

export const locatedOf = (node: YamlNode): Located => ({
  value: valueIn(node.text ?? ''),
  at: node.at,
});
