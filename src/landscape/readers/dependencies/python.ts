import { isObject, type JsonObject } from '../../../files/formats/json.ts';
import { type Toml, toml } from '../../../files/formats/toml.ts';
import type { ProjectFile } from '../../../files/project-file.ts';
import type { Dependency } from '../../facts/dependency.ts';
import type { Facts } from '../../facts/index.ts';
import type { Reader } from '../reader.ts';

// https://packaging.python.org/en/latest/specifications/dependency-specifiers
const specifier =
  /^([A-Za-z0-9][A-Za-z0-9._-]{0,100})[ \t]*(?:\[[^\]]{0,200}\])?[ \t]*\(?((?:[<>=!~]=?=?[^;#\n)]{0,100})?)/;

const development = /(^|[\W_])(dev|develop|docs?|lint|tests?|testing|typing|ci)([\W_]|$)/i;

/** Lines of a requirements.txt, and of setup.cfg below `install_requires`. */
export const requirements: Reader = {
  files: /(^|\/)([\w.-]*requirements[\w.-]*\.(txt|in)|requirements\/[\w.-]+\.(txt|in))$/i,
  read: (file) => ofLines(file, 1, file.text.split('\n').length),
};

export const setupCfg: Reader = {
  files: /(^|\/)setup\.cfg$/,
  mentions: /^install_requires\s*=/m,
  read(file) {
    const lines = file.text.split('\n');
    const start = lines.findIndex((line) => /^install_requires\s*=/.test(line)) + 2;
    const length = lines.slice(start - 1).findIndex((line) => /^\S/.test(line));
    return ofLines(file, start, length === -1 ? lines.length : start + length - 1);
  },
};

function ofLines(file: ProjectFile, first: number, last: number): Facts {
  const dependencies: Dependency[] = [];
  for (const [index, line] of file.text.split('\n').entries()) {
    const number = index + 1;
    if (number < first || number > last) continue;
    const indent = line.length - line.trimStart().length;
    const found = dependencyIn(file, line.trim(), number, indent, development.test(file.path));
    if (found) dependencies.push(found);
  }
  return { dependencies };
}

export const pyproject: Reader = {
  files: /(^|\/)(pyproject\.toml|Pipfile)$/,
  mentions: /dependenc|packages/,
  async read(file) {
    const document = await toml(file);
    const { project, tool, packages } = document.root;
    const groups = document.root['dependency-groups'];
    const { poetry, uv } = object(tool);
    return {
      dependencies: [
        ...listed(file, document, object(project).dependencies, 'project', 'dependencies'),
        ...Object.entries(object(object(project)['optional-dependencies'])).flatMap(([key, list]) =>
          listed(file, document, list, 'project.optional-dependencies', key),
        ),
        ...Object.entries(object(groups)).flatMap(([key, list]) =>
          listed(file, document, list, 'dependency-groups', key),
        ),
        ...listed(file, document, object(uv)['dev-dependencies'], 'tool.uv', 'dev-dependencies'),
        ...table(file, document, object(poetry).dependencies, 'tool.poetry.dependencies'),
        ...table(
          file,
          document,
          object(poetry)['dev-dependencies'],
          'tool.poetry.dev-dependencies',
        ),
        ...Object.entries(object(object(poetry).group)).flatMap(([group, content]) => {
          const name = `tool.poetry.group.${group}.dependencies`;
          return table(file, document, object(content).dependencies, name);
        }),
        ...table(file, document, packages, 'packages'),
        ...table(file, document, document.root['dev-packages'], 'dev-packages'),
      ],
    };
  },
};

const most = 500;

function listed(
  file: ProjectFile,
  document: Toml,
  list: unknown,
  name: string,
  key: string,
): Dependency[] {
  if (!Array.isArray(list)) return [];
  return list.slice(0, most).flatMap((one): Dependency[] => {
    if (typeof one !== 'string') return [];
    const line = document.lineOf({ table: name, key }, one);
    const column = Math.max(file.line(line).indexOf(one), 0);
    const found = dependencyIn(file, one, line, column, development.test(key));
    return found ? [found] : [];
  });
}

/** Poetry's and Pipenv's: a version, or a table that has one. */
function table(file: ProjectFile, document: Toml, entries: unknown, name: string): Dependency[] {
  return Object.entries(object(entries))
    .slice(0, most)
    .map(([key, value]): Dependency => {
      const version = typeof value === 'string' ? value : object(value).version;
      const line = document.lineOf({ table: name, key }, key);
      const column = Math.max(file.line(line).indexOf(key), 0) + 1;
      return {
        from: 'pypi',
        name: normalized(key),
        ...(typeof version === 'string' && { version: { known: version } }),
        at: { file: file.path, line, column, endLine: line, endColumn: column + key.length },
        ...(development.test(name) && { development: true }),
      };
    });
}

function dependencyIn(
  file: ProjectFile,
  text: string,
  line: number,
  indent: number,
  isDevelopment: boolean,
): Dependency | undefined {
  const [, name, version = ''] = specifier.exec(text) ?? [];
  if (name === undefined) return undefined;
  const column = indent + 1;
  return {
    from: 'pypi',
    name: normalized(name),
    ...(version.trim() !== '' && { version: { known: version.trim() } }),
    at: { file: file.path, line, column, endLine: line, endColumn: column + name.length },
    ...(isDevelopment && { development: true }),
  };
}

/** PEP 503: Confluent_Kafka is confluent-kafka. */
const normalized = (name: string) => name.toLowerCase().replaceAll(/[-_.]+/g, '-');
const object = (value: unknown): JsonObject => (isObject(value) ? value : {});
