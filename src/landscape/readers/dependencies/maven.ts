import { isObject, type JsonObject } from '../../../files/formats/json.ts';
import { type Xml, xml } from '../../../files/formats/xml.ts';
import type { Project, ProjectFile } from '../../../files/project-file.ts';
import type { Value } from '../../facts/configuration.ts';
import type { Dependency } from '../../facts/dependency.ts';
import type { Reader } from '../reader.ts';

/** The list of versions that Spring Boot brings, as a parent, an import or Gradle's plug-in. */
export const springBoot = 'org.springframework.boot:spring-boot-dependencies';

/** Dependencies of a pom.xml, with versions from its properties and its parents in the project. */
export const maven: Reader = {
  files: /(^|\/)pom\.xml$/,
  async read(file, project) {
    const poms = await withParents(file, project);
    const [own] = poms;
    if (!own) return {};
    const properties = poms.map(({ root }) => object(root.properties));
    const managed = poms.map(({ root }) =>
      dependenciesOf(object(root.dependencyManagement).dependencies),
    );
    const versionOf = (one: JsonObject, from?: string): Value | undefined => {
      const written = text(one.version);
      return written === '' ? undefined : resolved(written, properties, poms, from);
    };
    const dependencies = dependenciesOf(own.root.dependencies).map((one): Dependency => {
      const above = managed
        .map((list, index) => ({ one: list.find((other) => isSame(one, other)), index }))
        .find(({ one: found }) => found !== undefined);
      const version =
        versionOf(one) ??
        (above?.one && versionOf(above.one, poms[above.index]?.file.path ?? file.path));
      const tag = text(one.version) === '' ? 'artifactId' : 'version';
      return {
        from: 'maven',
        name: nameOf(one),
        ...(version && { version }),
        at: own.xml.textAt(one, tag) ?? file.place(0, 0),
        ...((text(one.scope) || text(above?.one?.scope)) === 'test' && { development: true }),
      };
    });
    return { dependencies: [...dependencies, ...boot(own, poms, managed, versionOf)] };
  },
};

type Pom = { readonly file: ProjectFile; readonly root: JsonObject; readonly xml: Xml };

const mostParents = 5;

/** A parent is read once for all its modules. */
const read = new WeakMap<ProjectFile, Promise<Pom>>();

function pomOf(file: ProjectFile): Promise<Pom> {
  const known = read.get(file);
  if (known) return known;
  const pom = xml(file, ['dependency']).then((document) => ({
    file,
    root: object(document.root.project),
    xml: document,
  }));
  read.set(file, pom);
  return pom;
}

async function withParents(file: ProjectFile, project: Project): Promise<Pom[]> {
  const poms: Pom[] = [];
  let next: ProjectFile | undefined = file;
  while (next && poms.length < mostParents && !poms.some((one) => one.file.path === next?.path)) {
    const pom: Pom = await pomOf(next);
    poms.push(pom);
    next = await parentOf(pom, project);
  }
  return poms;
}

/** The file above, if it is the parent that is meant: an empty path says that it is not. */
async function parentOf({ file, root }: Pom, project: Project): Promise<ProjectFile | undefined> {
  const { parent } = root;
  if (!isObject(parent) || ('relativePath' in parent && text(parent.relativePath) === ''))
    return undefined;
  const path = parentPath(file.path, text(parent.relativePath));
  const found = path === undefined ? undefined : project.file(path);
  const above = found && (await pomOf(found));
  return above && text(above.root.artifactId) === text(parent.artifactId) ? found : undefined;
}

/** `../pom.xml` unless it is said; a folder stands for the pom.xml in it. */
function parentPath(path: string, relative: string): string | undefined {
  const wanted = relative === '' ? '../pom.xml' : relative;
  const segments = path.split('/').slice(0, -1);
  for (const segment of wanted.split('/')) {
    if (segment === '..') {
      if (segments.pop() === undefined) return undefined;
    } else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  const found = segments.join('/');
  return found.endsWith('.xml') ? found : `${found}/pom.xml`.replace(/^\//, '');
}

const deepest = 5;

function resolved(
  written: string,
  properties: readonly JsonObject[],
  poms: readonly Pom[],
  from: string | undefined,
): Value {
  let known = written;
  let source = from;
  for (let depth = 0; depth < deepest; depth++) {
    const [whole, name = ''] = /\$\{([^}]{1,100})\}/.exec(known) ?? [];
    if (whole === undefined) return { known, ...(source !== undefined && { from: source }) };
    const index = properties.findIndex((one) => text(one[name]) !== '');
    const found = text(properties[index]?.[name]);
    if (found === '') break;
    source = `${name} in ${poms[index]?.file.path}`;
    known = known.replace(whole, () => found);
  }
  return { unknown: `${written} is set elsewhere` };
}

function boot(
  own: Pom,
  poms: readonly Pom[],
  managed: readonly JsonObject[][],
  versionOf: (one: JsonObject, from?: string) => Value | undefined,
): Dependency[] {
  const parents = poms.flatMap(({ root, file, xml: document }) => {
    const parent = object(root.parent);
    const isBoot = /^org\.springframework\.boot:spring-boot-(starter-parent|dependencies)$/;
    return isBoot.test(nameOf(parent)) ? [{ one: parent, file, document }] : [];
  });
  const imports = managed.flatMap((list, index) =>
    list
      .filter((one) => nameOf(one) === springBoot)
      .map((one) => ({ one, file: poms[index]?.file ?? own.file, document: poms[index]?.xml })),
  );
  return [...imports, ...parents].slice(0, 1).flatMap(({ one, file, document }): Dependency[] => {
    const version = versionOf(one, file === own.file ? undefined : file.path);
    const at =
      file === own.file
        ? document?.textAt(one, 'version')
        : own.xml.textAt(object(own.root.parent), 'artifactId');
    return version && at ? [{ from: 'maven', name: springBoot, version, at }] : [];
  });
}

const dependenciesOf = (dependencies: unknown): JsonObject[] => {
  const list = object(dependencies).dependency;
  return (Array.isArray(list) ? list : []).filter(isObject).slice(0, 500);
};
const isSame = (one: JsonObject, other: JsonObject) => nameOf(one) === nameOf(other);
const nameOf = (one: JsonObject) => `${text(one.groupId)}:${text(one.artifactId)}`;
const object = (value: unknown): JsonObject => (isObject(value) ? value : {});
const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
