import { type Excerpt, excerptOf, type Piece } from '../../../files/formats/excerpt.ts';
import type { ProjectFile } from '../../../files/project-file.ts';
import type { Value } from '../../facts/configuration.ts';
import type { Reader } from '../reader.ts';
import { factsOf } from './facts.ts';
import { openShell } from './interpret.ts';
import { mentionsTools } from './names.ts';
import { Scope } from './scope.ts';
import { toolCalls } from './tools.ts';

/** What a Makefile's recipes call: each line is a script of its own. */
export const makefile: Reader = {
  files: /(^|\/)(GNUm|M|m)akefile([.-]\w+)?$|\.mk$/,
  mentions: mentionsTools,
  async read(file) {
    const shell = await openShell();
    const variables = variablesOf(file.text);
    const scripts = recipesOf(file);
    return factsOf(
      scripts.flatMap((script) =>
        toolCalls(shell, script, new Scope((name) => variables.get(name))),
      ),
    );
  },
};

/** Those that are set once, to a text as it stands. */
function variablesOf(text: string): ReadonlyMap<string, Value> {
  const variables = new Map<string, Value>();
  const lines = text.matchAll(
    /^(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*(\?|:{1,3}|\+|!)?=[ \t]*([^\n]*)$/gm,
  );
  for (const [, name = '', sign = '', written = ''] of lines) {
    const value = written.replace(/\s+#.*$/, '').trim();
    const isPlain = sign !== '+' && sign !== '!' && !/[$\\]/.test(value) && !variables.has(name);
    const from = sign === '?' ? `the default of ${name}` : `$(${name})`;
    variables.set(name, isPlain ? { known: value, from } : { unknown: `$(${name}) is made up` });
  }
  return variables;
}

/** Logical lines below a target: a tab, then `@`, `-` or `+`. */
function recipesOf(file: ProjectFile): Excerpt[] {
  const found: Excerpt[] = [];
  let pieces: Piece[] = [];
  for (const { 0: line, index } of file.text.matchAll(/[^\n]+(\n|$)/g)) {
    const isContinued = pieces.length > 0;
    if (!isContinued && !line.startsWith('\t')) continue;
    const [lead = ''] = (isContinued ? /^\t?/ : /^[\t@+ -]*/).exec(line) ?? [];
    pieces.push(...forShell(line.slice(lead.length), index + lead.length));
    if (/\\\s*$/.test(line)) continue;
    found.push(excerptOf(file, pieces));
    pieces = [];
  }
  return found;
}

/** `$(NAME)` of make as `${NAME}`, and `$$` as the shell's `$`. */
function forShell(line: string, offset: number): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: sign, 1: name, index } of line.matchAll(/\$\$|\$\(([^()]*)\)/g)) {
    pieces.push({ text: line.slice(from, index), offset: offset + from });
    const text = name === undefined ? '$' : `\${${name.replaceAll(/\W/g, '_') || '_'}}`;
    pieces.push({ text, offset: offset + index });
    from = index + sign.length;
  }
  return [...pieces, { text: line.slice(from), offset: offset + from }];
}
