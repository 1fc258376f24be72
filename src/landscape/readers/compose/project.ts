/** Which files make one Compose project, and the layers of each of its services. */
import { folderOf } from '../../../files/folder.ts';
import { type YamlNode, yamlDocuments } from '../../../files/formats/yaml.ts';
import type { Project, ProjectFile } from '../../../files/project-file.ts';
import { environmentFile, type Lookup } from './variables.ts';

/** What one file says of a service. */
export type Layer = {
  readonly node: YamlNode;
  readonly folder: string;
  readonly lookup: Lookup;
};

/** Layers from the lowest to the one that counts first: a base by `extends`, the file, its override. */
export type Service = { readonly name: string; readonly layers: readonly Layer[] };

export type Composition = {
  readonly services: readonly Service[];
  readonly volumes: ReadonlySet<string>;
  /** All of its files mention these words. */
  readonly text: string;
};

type Opened = {
  readonly file: ProjectFile;
  readonly root: YamlNode;
  readonly folder: string;
  readonly lookup: Lookup;
};

const standard = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const mostIncluded = 20;
const deepestExtends = 8;
const mostServices = 500;

/** `./a/../b.yml` beside `docker/compose.yml` is `docker/b.yml`; undefined outside of the project. */
export function resolvedPath(folder: string, path: string): string | undefined {
  if (/^[/~]|\$/.test(path)) return undefined;
  const parts: string[] = [];
  for (const part of `${folder}${path}`.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** The files named `compose.override.yaml` are read with the file that they are for. */
export function baseOf(file: ProjectFile, project: Project): ProjectFile | undefined {
  const override = /^((?:docker-)?compose)\.override\.ya?ml$/.exec(file.name);
  if (!override) return undefined;
  return beside(file, project);
}

const beside = (file: ProjectFile, project: Project): ProjectFile | undefined =>
  standard
    .map((name) => project.file(`${folderOf(file.path)}${name}`))
    .find((one) => one !== undefined);

async function opened(file: ProjectFile, project: Project): Promise<Opened | undefined> {
  const [root] = await yamlDocuments(file, /^services\s*:/m);
  if (!root) return undefined;
  const folder = folderOf(file.path);
  const variables = project.file(`${folder}.env`);
  const known = new Map(
    variables ? environmentFile(variables).map(({ name, text }) => [name, text]) : [],
  );
  return {
    file,
    root,
    folder,
    lookup: (name) => {
      const text = known.get(name);
      return text === undefined ? undefined : { text, from: '.env' };
    },
  };
}

const openedQuietly = (file: ProjectFile, project: Project) =>
  // It is told of when its own turn comes.
  opened(file, project).catch(() => undefined);

export async function compositionOf(
  file: ProjectFile,
  project: Project,
): Promise<Composition | undefined> {
  const main = await opened(file, project);
  if (!main) return undefined;
  const files = [main, ...(await included(main, project))];
  const override = await overrideOf(file, project);
  const base = await overlaid(main, project);
  const lowest = base ? [base, ...files] : files;
  const all = override ? [...lowest, override] : lowest;
  const layers = new Map<string, Layer[]>();
  for (const one of all) {
    for (const [name, node] of one.root.get('services')?.entries().slice(0, mostServices) ?? []) {
      // A file on top of another one is about the services that it names.
      if (one === base && !main.root.get('services', name)) continue;
      const list = layers.get(name) ?? [];
      list.push(...(await extended(one, name, node, project, 0)));
      layers.set(name, list);
    }
  }
  return {
    services: [...layers].map(([name, list]) => ({ name, layers: list })),
    volumes: new Set(
      all.flatMap(
        ({ root }) =>
          root
            .get('volumes')
            ?.entries()
            .map(([name]) => name) ?? [],
      ),
    ),
    text: all.map((one) => one.file.text).join('\n'),
  };
}

async function overrideOf(file: ProjectFile, project: Project): Promise<Opened | undefined> {
  if (!standard.includes(file.name)) return undefined;
  const stem = file.name.replace(/\.ya?ml$/, '');
  for (const end of ['yaml', 'yml']) {
    const found = project.file(`${folderOf(file.path)}${stem}.override.${end}`);
    if (found) return openedQuietly(found, project);
  }
  return undefined;
}

/** The file beneath a `docker-compose.prod.yml` whose services have no image of their own. */
async function overlaid(main: Opened, project: Project): Promise<Opened | undefined> {
  if (standard.includes(main.file.name) || !/compose/.test(main.file.name)) return undefined;
  const services = main.root.get('services')?.entries() ?? [];
  const isPart = ([, node]: [string, YamlNode]) =>
    !node.get('image') && !node.get('build') && !node.get('extends');
  if (!services.some(isPart)) return undefined;
  const base = beside(main.file, project);
  return base && openedQuietly(base, project);
}

async function included(main: Opened, project: Project): Promise<Opened[]> {
  const found: Opened[] = [];
  const seen = new Set([main.file.path]);
  const waiting = [main];
  for (let one = waiting.shift(); one; one = waiting.shift()) {
    for (const item of one.root.get('include')?.items() ?? []) {
      const paths = [item, item.get('path'), ...(item.get('path')?.items() ?? [])];
      for (const text of paths.map((path) => path?.text)) {
        const path = text === undefined ? undefined : resolvedPath(one.folder, text);
        const file = path === undefined || seen.has(path) ? undefined : project.file(path);
        if (!file || found.length >= mostIncluded) continue;
        seen.add(file.path);
        const next = await openedQuietly(file, project);
        if (next) waiting.push(next);
        if (next) found.push(next);
      }
    }
  }
  return found;
}

async function extended(
  within: Opened,
  name: string,
  node: YamlNode,
  project: Project,
  depth: number,
): Promise<Layer[]> {
  const own: Layer = { node, folder: within.folder, lookup: within.lookup };
  const extend = node.get('extends');
  const from = extend?.text ?? extend?.get('service')?.text;
  if (from === undefined || depth >= deepestExtends) return [own];
  const other = extend?.get('file')?.text;
  const path = other === undefined ? undefined : resolvedPath(within.folder, other);
  const file = path === undefined ? undefined : project.file(path);
  const source =
    other === undefined ? within : file ? await openedQuietly(file, project) : undefined;
  const base = source?.root.get('services', from);
  if (!source || !base || (source === within && from === name)) return [own];
  return [...(await extended(source, from, base, project, depth + 1)), own];
}
