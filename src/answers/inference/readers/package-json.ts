import { isObject, json, jsonKeyLines } from '../../../files/formats/json.ts';
import { type Dependency, manifestClues } from '../known/dependencies.ts';
import type { Reader } from './reader.ts';

const sections = [
  { key: 'dependencies', development: false },
  { key: 'optionalDependencies', development: false },
  { key: 'devDependencies', development: true },
] as const;

// What runs in a browser can't be a Kafka client.
const browser = /^(react-dom|vue|svelte|@angular\/core|preact|solid-js)$/;

export const packageJson: Reader = {
  files: /(^|\/)package\.json$/,
  read(file) {
    const document = json(file);
    if (!isObject(document)) return [];
    const lines = jsonKeyLines(file);
    const dependencies = sections.flatMap(({ key, development }): Dependency[] => {
      const section = document[key];
      if (!isObject(section)) return [];
      return Object.keys(section).map((name) => ({
        language: 'node',
        name,
        line: lines.get(`${key}/${name}`) ?? 1,
        development,
      }));
    });
    // With development dependencies alone it holds the tools of some other project.
    const runs = dependencies.some(({ development }) => !development);
    const isService = runs && !dependencies.some(({ name }) => browser.test(name));
    const line = lines.get('dependencies') ?? 1;
    return manifestClues(
      'node',
      dependencies,
      isService ? { line, why: 'is a Node.js project' } : undefined,
    );
  },
};
