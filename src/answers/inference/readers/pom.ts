import { isObject, type JsonObject } from '../../../files/formats/json.ts';
import { xml } from '../../../files/formats/xml.ts';
import { type Dependency, manifestClues } from '../known/dependencies.ts';
import type { Reader } from './reader.ts';

// https://maven.apache.org/pom.html
export const pom: Reader = {
  files: /(^|\/)pom\.xml$/,
  async read(file) {
    const { root, lineOf } = await xml(file, ['dependency']);
    const project = object(root.project);
    // dependencyManagement only fixes versions; it is not a use.
    const list = object(project.dependencies).dependency;
    const dependencies: Dependency[] = (Array.isArray(list) ? list : [])
      .filter(isObject)
      .map((one) => ({
        language: 'java',
        name: `${text(one.groupId)}:${text(one.artifactId)}`,
        line: lineOf(one, 'artifactId'),
        development: text(one.scope) === 'test',
      }));
    const otherwise = { line: lineOf(project), why: 'is a Maven project' };
    return manifestClues('java', dependencies, isObject(root.project) ? otherwise : undefined);
  },
};

const object = (value: unknown): JsonObject => (isObject(value) ? value : {});
const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
