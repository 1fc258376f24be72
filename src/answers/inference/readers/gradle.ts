import { blankComments } from '../../../files/formats/comments.ts';
import { isObject, type JsonObject } from '../../../files/formats/json.ts';
import { toml } from '../../../files/formats/toml.ts';
import type { Project, ProjectFile } from '../../../files/project-file.ts';
import { type Dependency, manifestClues } from '../known/dependencies.ts';
import type { Reader } from './reader.ts';

// Groovy and Kotlin scripts alike. They are programs: only what is written plainly is read.
export const gradle: Reader = {
  files: /(^|\/)[^/]+\.gradle(\.kts)?$/,
  async read(file, project) {
    const text = blankComments(file.text, 'c');
    const catalog = text.includes('libs.') ? await catalogFor(file, project) : undefined;
    const dependencies: Dependency[] = [];
    for (const found of [...text.matchAll(declaration)].slice(0, mostDeclarations)) {
      const { configuration = '', group, name, catalogued } = found.groups ?? {};
      const line = file.lineAt(found.index + found[0].length - 1);
      const plain = { language: 'java', line, development: /test/i.test(configuration) } as const;
      if (group && name) dependencies.push({ ...plain, name: `${group}:${name}` });
      for (const library of catalogued ? (catalog?.libraries(catalogued) ?? []) : []) {
        dependencies.push({
          ...plain,
          name: library.module,
          detail: `through libs.${catalogued} (${catalog?.path}:${library.line})`,
        });
      }
    }
    const isBuild = /\b(plugins|dependencies)\s*\{|\bapply plugin/.exec(text);
    const otherwise = isBuild && {
      line: file.lineAt(isBuild.index),
      why: 'is a Gradle project',
    };
    return manifestClues('java', dependencies, otherwise ?? undefined);
  },
};

const configurations = String.raw`\b(?<configuration>implementation|api|compile|compileOnly|runtimeOnly|testImplementation|testCompile|testRuntimeOnly|integrationTestImplementation|testFixturesImplementation)`;
const coordinates = String.raw`["'](?<group>[\w.-]{1,100}):(?<name>[\w.-]{1,100})(?::[^"'\n]{0,100})?["']`;
const named = String.raw`group\s?[:=]\s?["'](?<group>[\w.-]{1,100})["'],\s{0,20}name\s?[:=]\s?["'](?<name>[\w.-]{1,100})["']`;
const accessor = String.raw`libs\.(?<catalogued>[A-Za-z][\w.]{0,100})`;
const declaration = new RegExp(
  String.raw`${configurations}\s{0,20}\(?\s{0,20}(?:${coordinates}|${named}|${accessor})`,
  'g',
);

// Each is looked up in the catalog's lines: nobody has so many, and time must stay bounded.
const mostDeclarations = 500;
const mostInBundle = 50;

type Library = { readonly module: string; readonly line: number };

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
      return module ? [[accessorOf(alias), { alias, module }] as const] : [];
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
      const { alias, module } = library;
      return [{ module, line: lineOf({ table: 'libraries', key: alias }, alias) }];
    });
}

/** `"group:name:version"`, `{ module = "group:name" }` or `{ group = "…", name = "…" }`. */
function moduleOf(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry.split(':').slice(0, 2).join(':');
  const { module, group, name } = object(entry);
  if (typeof module === 'string') return module;
  return typeof group === 'string' && typeof name === 'string' ? `${group}:${name}` : undefined;
}

const accessorOf = (alias: string) => alias.replaceAll(/[-_]/g, '.');
const object = (value: unknown): JsonObject => (isObject(value) ? value : {});
