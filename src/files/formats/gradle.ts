import type { Place } from '../place.ts';
import type { Project, ProjectFile } from '../project-file.ts';
import { blankComments } from './comments.ts';
import { isObject, type JsonObject } from './json.ts';
import { toml } from './toml.ts';

/** A dependency of a Gradle script, as it is declared there or in the version catalog. */
export type GradleDependency = {
  /** `implementation`, `testImplementation`. */
  readonly configuration: string;
  /** `org.apache.kafka:kafka-clients`. */
  readonly module: string;
  readonly version?: string;
  readonly at: Place;
  /** Where it is said what an accessor stands for. */
  readonly catalog?: { readonly accessor: string; readonly path: string; readonly line: number };
};

/** Groovy and Kotlin scripts are programs: only what is written plainly is read. */
export async function gradleDependencies(
  file: ProjectFile,
  project: Project,
): Promise<GradleDependency[]> {
  const text = blankComments(file.text, 'c');
  const catalog = text.includes('libs.') ? await catalogFor(file, project) : undefined;
  const dependencies: GradleDependency[] = [];
  for (const found of [...text.matchAll(declaration)].slice(0, mostDeclarations)) {
    const { configuration = '', group, name, version, catalogued } = found.groups ?? {};
    const end = found.index + found[0].length;
    const start =
      end - found[0].length + found[0].search(/["'](?=[^"']*["'][^"']*$)|libs\.[^"']*$/);
    const at = file.place(start, end);
    if (group && name)
      dependencies.push({
        configuration,
        module: `${group}:${name}`,
        ...(version !== undefined && { version }),
        at,
      });
    for (const library of catalogued ? (catalog?.libraries(catalogued) ?? []) : []) {
      const { module, line } = library;
      dependencies.push({
        configuration,
        module,
        ...(library.version !== undefined && { version: library.version }),
        at,
        catalog: { accessor: catalogued ?? '', path: catalog?.path ?? '', line },
      });
    }
  }
  return dependencies;
}

const configurations = String.raw`\b(?<configuration>implementation|api|compile|compileOnly|runtimeOnly|testImplementation|testCompile|testRuntimeOnly|integrationTestImplementation|testFixturesImplementation)`;
const coordinates = String.raw`["'](?<group>[\w.-]{1,100}):(?<name>[\w.-]{1,100})(?::(?<version>[^"'\n]{0,100}))?["']`;
const named = String.raw`group\s?[:=]\s?["'](?<group>[\w.-]{1,100})["'],\s{0,20}name\s?[:=]\s?["'](?<name>[\w.-]{1,100})["']`;
const accessor = String.raw`libs\.(?<catalogued>[A-Za-z][\w.]{0,100})`;
const declaration = new RegExp(
  String.raw`${configurations}\s{0,20}\(?\s{0,20}(?:${coordinates}|${named}|${accessor})`,
  'g',
);

// Each is looked up in the catalog's lines: nobody has so many, and time must stay bounded.
const mostDeclarations = 500;
const mostInBundle = 50;

type Library = { readonly module: string; readonly version?: string; readonly line: number };

/** The version catalog of the nearest folder above that has one. */
async function catalogFor(file: ProjectFile, project: Project) {
  const folders = file.path.split('/').slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth--) {
    const path = [...folders.slice(0, depth), 'gradle/libs.versions.toml'].join('/');
    const found = project.file(path);
    if (found) return { path, libraries: await catalogLibraries(found) };
  }
  return undefined;
}

/** What an accessor (`spring.kafka`, `bundles.messaging`) stands for. */
async function catalogLibraries(file: ProjectFile): Promise<(accessor: string) => Library[]> {
  const { root, lineOf } = await toml(file);
  const aliases = new Map(
    Object.entries(object(root.libraries)).flatMap(([alias, entry]) => {
      const module = moduleOf(entry);
      const version = versionOf(entry, object(root.versions));
      return module ? [[accessorOf(alias), { alias, module, version }] as const] : [];
    }),
  );
  const bundles = new Map(
    Object.entries(object(root.bundles)).map(([alias, list]) => [
      `bundles.${accessorOf(alias)}`,
      (Array.isArray(list) ? list : []).slice(0, mostInBundle).map(String),
    ]),
  );
  return (accessor) =>
    (bundles.get(accessor) ?? [accessor]).flatMap((name) => {
      const library = aliases.get(accessorOf(name));
      if (!library) return [];
      const { alias, module, version } = library;
      const line = lineOf({ table: 'libraries', key: alias }, alias);
      return [{ module, ...(version !== undefined && { version }), line }];
    });
}

/** `"group:name:version"`, `{ module = "group:name" }` or `{ group = "…", name = "…" }`. */
function moduleOf(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry.split(':').slice(0, 2).join(':');
  const { module, group, name } = object(entry);
  if (typeof module === 'string') return module;
  return typeof group === 'string' && typeof name === 'string' ? `${group}:${name}` : undefined;
}

/** `"group:name:1.0"`, `version = "1.0"`, `version.ref = "kafka"`, `version = { ref = "kafka" }`. */
function versionOf(entry: unknown, versions: JsonObject): string | undefined {
  if (typeof entry === 'string') return entry.split(':')[2];
  const { version } = object(entry);
  const { ref, strictly, require } = object(version);
  const found = typeof ref === 'string' ? versions[ref] : (version ?? strictly ?? require);
  return typeof found === 'string' ? found : undefined;
}

const accessorOf = (alias: string) => alias.replaceAll(/[-_]/g, '.');
const object = (value: unknown): JsonObject => (isObject(value) ? value : {});
