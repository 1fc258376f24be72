import { folderOf } from '../../../files/folder.ts';
import { blankComments } from '../../../files/formats/comments.ts';
import { gradleDependencies } from '../../../files/formats/gradle.ts';
import { propertyLines } from '../../../files/formats/properties.ts';
import type { Project, ProjectFile } from '../../../files/project-file.ts';
import type { Value } from '../../facts/configuration.ts';
import type { Dependency } from '../../facts/dependency.ts';
import type { Reader } from '../reader.ts';
import { springBoot } from './maven.ts';

/** Dependencies of Gradle scripts, with versions from their own variables and the version catalog. */
export const gradle: Reader = {
  files: /(^|\/)[^/]+\.gradle(\.kts)?$/,
  async read(file, project) {
    const text = blankComments(file.text, 'c');
    const variable = variables(text, file, project);
    const dependencies = (await gradleDependencies(file, project)).map(
      ({ configuration, module, version, at, catalog }): Dependency => {
        const value = version === undefined ? undefined : filled(version, variable);
        const isFrom = value !== undefined && catalog !== undefined && 'known' in value;
        return {
          from: 'maven',
          name: module,
          ...(value && { version: isFrom ? { ...value, from: catalog.path } : value }),
          at,
          ...(/test/i.test(configuration) && { development: true }),
        };
      },
    );
    return { dependencies: [...dependencies, ...plugins(text, file)] };
  },
};

/** Spring Boot's plug-in, or its list of versions, says which versions the others have. */
function plugins(text: string, file: ProjectFile): Dependency[] {
  const signs = [
    /\bid\s{0,9}\(?\s{0,9}["']org\.springframework\.boot["']\)?\s{1,9}version\s{0,9}\(?\s{0,9}["']([^"'\n]{1,60})["']/,
    /["']org\.springframework\.boot:spring-boot-(?:dependencies|gradle-plugin):([^"'\n]{1,60})["']/,
  ];
  return signs.flatMap((sign): Dependency[] => {
    const found = sign.exec(text);
    if (!found || /[$]/.test(found[1] ?? '')) return [];
    const end = found.index + found[0].lastIndexOf(found[1] ?? '') + (found[1] ?? '').length;
    const at = file.place(end - (found[1] ?? '').length, end);
    return [{ from: 'maven', name: springBoot, version: { known: found[1] ?? '' }, at }];
  });
}

type Variable = (name: string) => string | undefined;

/** `ext.kafkaVersion = '3.9.1'`, `val kafkaVersion = "3.9.1"`, `kafkaVersion=3.9.1` in gradle.properties. */
function variables(text: string, file: ProjectFile, project: Project): Variable {
  const own = new Map(
    [...text.matchAll(/\b(\w{1,60})(?:["']\])?\s{0,9}=\s{0,9}["']([\w.+-]{1,60})["']/g)].map(
      ([, name = '', value = '']) => [name, value] as const,
    ),
  );
  const folder = folderOf(file.path);
  const texts = [...new Set([folder, ''])].map(
    (one) => project.file(`${one}gradle.properties`)?.text ?? '',
  );
  const set = new Map(
    texts.reverse().flatMap((one) => propertyLines(one).map(({ key, value }) => [key, value])),
  );
  return (name) => own.get(name) ?? set.get(name);
}

function filled(version: string, variable: Variable): Value {
  const [, name] = /^\$\{?(?:rootProject\.|project\.|ext\.)?(\w{1,60})\}?$/.exec(version) ?? [];
  if (name === undefined)
    return version.includes('$') ? { unknown: 'a script puts it together' } : { known: version };
  const known = variable(name);
  return known === undefined ? { unknown: `${name} is set elsewhere` } : { known, from: name };
}
