import { blankComments } from '../../../files/formats/comments.ts';
import { gradleDependencies } from '../../../files/formats/gradle.ts';
import { type Dependency, manifestClues } from '../known/dependencies.ts';
import type { Reader } from './reader.ts';

export const gradle: Reader = {
  files: /(^|\/)[^/]+\.gradle(\.kts)?$/,
  async read(file, project) {
    const declared = await gradleDependencies(file, project);
    const dependencies = declared.map(({ configuration, module, at, catalog }): Dependency => {
      const detail =
        catalog && `through libs.${catalog.accessor} (${catalog.path}:${catalog.line})`;
      return {
        language: 'java',
        name: module,
        line: at.endLine,
        development: /test/i.test(configuration),
        ...(detail !== undefined && { detail }),
      };
    });
    const text = blankComments(file.text, 'c');
    const isBuild = /\b(plugins|dependencies)\s*\{|\bapply plugin/.exec(text);
    const otherwise = isBuild && {
      line: file.lineAt(isBuild.index),
      why: 'is a Gradle project',
    };
    return manifestClues('java', dependencies, otherwise ?? undefined);
  },
};
