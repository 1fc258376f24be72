import { type YamlNode, yamlDocuments } from '../../../files/formats/yaml.ts';
import type { Project, ProjectFile } from '../../../files/project-file.ts';
import type { Reader } from '../reader.ts';
import { type Manifest, resourceOf } from './manifest.ts';

/** That there is one at all: it puts labels, names and namespaces into what it lists. */
export const kustomization: Reader = {
  files: /(^|\/)kustomization\.ya?ml$/,
  async read(file) {
    const [root] = await yamlDocuments(file, /./);
    return root ? { resources: [resourceOf(manifestIn(file, root))] } : {};
  },
};

/** Its kind and version may be left out. */
const manifestIn = (source: ProjectFile, root: YamlNode): Manifest => ({
  kind: 'Kustomization',
  apiVersion: root.get('apiVersion') ?? root,
  name: '',
  namespace: root.get('namespace')?.text,
  root,
  at: root.at,
  source,
  isOpen: () => false,
});

/** Whether the folder's kustomization takes this file for a patch: a part of a resource. */
export function isPatch({ path, name }: ProjectFile, project: Project): boolean {
  const folder = path.slice(0, -name.length);
  const own =
    project.file(`${folder}kustomization.yaml`) ?? project.file(`${folder}kustomization.yml`);
  const [, patches = ''] = own?.text.split(/^patches\w*:/m, 2) ?? [];
  return patches.includes(name);
}
