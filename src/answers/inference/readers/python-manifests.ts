import { isObject, type JsonObject } from '../../../files/formats/json.ts';
import { type Toml, toml } from '../../../files/formats/toml.ts';
import type { Clue } from '../finding.ts';
import { type Dependency, isDevelopmentGroup, manifestClues } from '../known/dependencies.ts';
import type { Reader } from './reader.ts';

// https://packaging.python.org/en/latest/specifications/pyproject-toml and .../dependency-groups
export const pyproject: Reader = {
  files: /(^|\/)pyproject\.toml$/,
  async read(file) {
    const document = await toml(file);
    const { root, lineOf } = document;
    const project = object(root.project);
    const tool = object(root.tool);
    const poetry = object(tool.poetry);
    const requirements: Requirement[] = [
      ...listed(document, project.dependencies, 'project', 'dependencies'),
      ...groups(document, project['optional-dependencies'], 'project.optional-dependencies'),
      ...groups(document, root['dependency-groups'], 'dependency-groups'),
      ...listed(document, object(tool.uv)['dev-dependencies'], 'tool.uv', 'dev-dependencies', true),
      ...groups(document, object(tool.pdm)['dev-dependencies'], 'tool.pdm.dev-dependencies', true),
      ...poetryTable(document, poetry.dependencies, 'tool.poetry.dependencies'),
      ...poetryTable(document, poetry['dev-dependencies'], 'tool.poetry.dev-dependencies', true),
      ...Object.entries(object(poetry.group)).flatMap(([group, content]) =>
        poetryTable(
          document,
          object(content).dependencies,
          `tool.poetry.group.${group}.dependencies`,
          isDevelopmentGroup(group),
        ),
      ),
    ];
    // A file that only configures ruff or black says nothing of what the project is.
    const table = root.project ? 'project' : tool.poetry ? 'tool.poetry' : undefined;
    return clues(requirements, table && { line: lineOf({ table, key: 'name' }, 'name'), why });
  },
};
const why = 'is a Python project';

export const requirements: Reader = {
  files: /(^|\/)([\w.-]*requirements[\w.-]*\.(txt|in)|requirements\/[\w.-]+\.(txt|in))$/i,
  read(file) {
    const development = /(^|[\W_])(dev|docs?|lint|tests?|typing)([\W_]|$)/i.test(file.path);
    const lines = file.text
      .split(/\r?\n/)
      .map((text, index) => ({ text: text.trim(), line: index + 1 }));
    const found = lines.flatMap(({ text, line }) =>
      /^[A-Za-z]/.test(text) ? [{ requirement: text, line, development }] : [],
    );
    const [first] = found;
    return clues(found, first && !development ? { line: first.line, why } : undefined);
  },
};

export const setupCfg: Reader = {
  files: /(^|\/)setup\.cfg$/,
  mentions: /^install_requires\s*=/m,
  read(file) {
    const lines = file.text.split(/\r?\n/);
    const start = lines.findIndex((line) => /^install_requires\s*=/.test(line));
    const length = lines.slice(start + 1).findIndex((line) => /^\S/.test(line));
    const block = lines.slice(start + 1, length === -1 ? undefined : start + 1 + length);
    const found = block.flatMap((text, index) =>
      /^\s+[A-Za-z]/.test(text)
        ? [{ requirement: text.trim(), line: start + index + 2, development: false }]
        : [],
    );
    return clues(found, { line: start + 1, why });
  },
};

type Requirement = {
  readonly requirement: string;
  readonly line: number;
  readonly development: boolean;
};

// Each is looked up in the file's lines: nobody has so many, and time must stay bounded.
const mostRequirements = 500;

function listed(
  document: Toml,
  list: unknown,
  table: string,
  key: string,
  development = false,
): Requirement[] {
  if (!Array.isArray(list)) return [];
  return list
    .filter(isText)
    .slice(0, mostRequirements)
    .map((requirement) => ({
      requirement,
      line: document.lineOf({ table, key }, requirement),
      development,
    }));
}

function groups(document: Toml, table: unknown, name: string, development = false): Requirement[] {
  return Object.entries(object(table)).flatMap(([group, list]) =>
    listed(document, list, name, group, development || isDevelopmentGroup(group)),
  );
}

function poetryTable(
  document: Toml,
  table: unknown,
  name: string,
  development = false,
): Requirement[] {
  const entries = Object.entries(object(table)).slice(0, mostRequirements);
  return entries.map(([dependency, value]) => {
    const { extras } = object(value);
    const wanted = Array.isArray(extras) ? `[${extras.filter(isText).join(',')}]` : '';
    return {
      requirement: `${dependency}${wanted}`,
      line: document.lineOf({ table: name, key: dependency }, dependency),
      development,
    };
  });
}

function clues(
  requirements: readonly Requirement[],
  otherwise: { line: number; why: string } | undefined,
): Clue[] {
  const parsed = requirements.map(({ requirement, line, development }) => {
    const [, name = '', extras = ''] =
      /^([A-Za-z0-9._-]{1,100})\s*(?:\[([^\]]{0,200})\])?/.exec(requirement) ?? [];
    return { name: normalized(name), extras: extras.split(',').map(normalized), line, development };
  });
  const dependencies: Dependency[] = parsed.map(({ name, line, development }) => ({
    language: 'python',
    name,
    line,
    development,
  }));
  return [
    ...manifestClues('python', dependencies, otherwise),
    ...parsed.flatMap(({ name, extras, line, development }) =>
      name === 'confluent-kafka' && !development ? serializerClues(extras, line) : [],
    ),
  ];
}

/** confluent-kafka[avro] brings the registry's client with it. */
function serializerClues(extras: readonly string[], line: number): Clue[] {
  const formats = { avro: 'avro', protobuf: 'protobuf', json: 'json' } as const;
  return Object.entries(formats).flatMap(([extra, value]) =>
    extras.includes(extra)
      ? [
          {
            answer: 'registry',
            value,
            line,
            why: `depends on confluent-kafka[${extra}]`,
            strength: 'declared',
          },
        ]
      : [],
  );
}

// PEP 503: Confluent_Kafka is confluent-kafka.
const normalized = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[-_.]+/g, '-');
const object = (value: unknown): JsonObject => (isObject(value) ? value : {});
const isText = (value: unknown): value is string => typeof value === 'string';
