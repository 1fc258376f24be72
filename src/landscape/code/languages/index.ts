import { type GrammarName, type Parse, parserOf } from '../../../files/formats/syntax-tree.ts';
import type { ProjectFile } from '../../../files/project-file.ts';
import { type Handlers, Lowering, newScope } from '../lowering.ts';
import type { Code, Language } from '../program.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { kotlin } from './kotlin.ts';
import { python } from './python.ts';
import { typescript } from './typescript.ts';

const handlers: Readonly<Record<Language, Handlers>> = { java, kotlin, python, typescript, go };

/** `<T>x` is a cast in TypeScript, and the beginning of an element in TSX. */
const byName: readonly (readonly [RegExp, Language, GrammarName])[] = [
  [/\.java$/, 'java', 'java'],
  [/\.kts?$/, 'kotlin', 'kotlin'],
  [/\.py$/, 'python', 'python'],
  [/\.[cm]?ts$/, 'typescript', 'typescript'],
  [/\.([cm]?js|[jt]sx)$/, 'typescript', 'tsx'],
  [/\.go$/, 'go', 'go'],
];

export type ReadCode = (file: ProjectFile) => Code;

/** What reads files of this one's language. */
export async function codeReaderFor(path: string): Promise<ReadCode> {
  const [, language = 'java', grammar = 'java'] = byName.find(([name]) => name.test(path)) ?? [];
  const parse = await parserOf(grammar);
  return (file) => codeOf(file, language, parse);
}

function codeOf(file: ProjectFile, language: Language, parse: Parse): Code {
  const lowering = new Lowering(file.text, handlers[language]);
  const scope = newScope('file');
  const state = { scope, loop: undefined, sometimes: false, result: 'used' } as const;
  lowering.statements(parse(file.text).children, state);
  lowering.handOut(scope);
  const { imports, importedAt, open, module } = lowering;
  return {
    file,
    language,
    imports,
    importedAt,
    open,
    ...(module !== undefined && { module }),
    scope,
  };
}
