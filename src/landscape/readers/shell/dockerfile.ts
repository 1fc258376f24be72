import { type Excerpt, excerptOf, type Piece } from '../../../files/formats/excerpt.ts';
import { jsonTree } from '../../../files/formats/json-tree.ts';
import type { ProjectFile } from '../../../files/project-file.ts';
import type { Value } from '../../facts/configuration.ts';
import { landscapeOf } from '../../facts/index.ts';
import type { Workload } from '../../facts/workload.ts';
import { imageIn } from '../image.ts';
import type { Reader } from '../reader.ts';
import { factsOf } from './facts.ts';
import { openShell, type Shell } from './interpret.ts';
import { mentionsTools } from './names.ts';
import { Scope } from './scope.ts';
import { type ToolCall, toolCalls, toolCallsOf } from './tools.ts';
import { plainWord } from './words.ts';

/** What an image's RUN, CMD, ENTRYPOINT and HEALTHCHECK call. */
export const dockerfile: Reader = {
  files: /(^|\/)(Dockerfile|Containerfile)([.-][\w.-]+)?$|\.[Dd]ockerfile$/,
  mentions: new RegExp(`${mentionsTools.source}|kafka|debezium/connect`, 'i'),
  async read(file) {
    const shell = await openShell();
    const variables = new Map<string, Value>();
    const workloads: Workload[] = [];
    const calls = instructionsOf(file).flatMap(({ name, rest }) => {
      if (name === 'ARG' || name === 'ENV') setVariables(rest.text, name, variables);
      if (name === 'FROM') workloads.push(...baseOf(rest, variables, file));
      return /^(RUN|CMD|ENTRYPOINT|HEALTHCHECK)$/.test(name)
        ? callsOf(shell, rest, new Scope((variable) => variables.get(variable)))
        : [];
    });
    return landscapeOf([factsOf(calls), { workloads }]);
  },
};

/** The image that this one is made of; what it will run is decided elsewhere. */
function baseOf(
  rest: Excerpt,
  variables: ReadonlyMap<string, Value>,
  { path }: ProjectFile,
): Workload[] {
  const [whole = '', options = '', written = ''] = /^((?:--\S+\s+)*)(\S+)/.exec(rest.text) ?? [];
  const at = rest.place(options.length, whole.length);
  const text = written.replaceAll(/\$\{?(\w+)(?::?-([^}]*))?\}?/g, (reference, name, otherwise) => {
    const value = variables.get(name);
    return value && 'known' in value ? value.known : (otherwise ?? reference);
  });
  const image = text.includes('$') ? undefined : imageIn(text, at);
  if (!image) return [];
  const nothing = { environment: [], ports: [], mounts: [], after: [] };
  return [{ name: path, at, by: 'Dockerfile', network: path, runs: 'other', image, ...nothing }];
}

/** `NAME=value NAME="a b"`, and the old `NAME value`. An argument may be given another value. */
function setVariables(text: string, by: string, variables: Map<string, Value>): void {
  const pairs = [...text.matchAll(/([A-Za-z_]\w*)=("[^"]*"|'[^']*'|\S*)/g)];
  for (const [, name = '', written = ''] of pairs) {
    const value = written.replace(/^(["'])(.*)\1$/s, '$2');
    if (value.includes('$')) variables.set(name, { unknown: `$${name} is made of others` });
    else variables.set(name, { known: value, from: `${by} ${name}` });
  }
}

function callsOf(shell: Shell, rest: Excerpt, scope: Scope): ToolCall[] {
  // Options of RUN and HEALTHCHECK: --mount=…, --interval=5s CMD …
  const [options = ''] = /^\s*(--\S+\s+)*(CMD\s+)?/.exec(rest.text) ?? [];
  const text = rest.text.slice(options.length);
  const command = excerptOf(rest, [{ text, offset: options.length }]);
  if (!text.startsWith('[')) return toolCalls(shell, withDocument(command), scope);
  try {
    const list = jsonTree(text.trim(), 'refused');
    const items = list.kind === 'array' ? list.items : [];
    const words = items.flatMap((item) => {
      if (item.kind !== 'string') return [];
      const own = excerptOf(command, [{ text: item.value, offset: item.start + 1 }]);
      return [plainWord(own, { known: item.value })];
    });
    return toolCallsOf(shell, words, scope);
  } catch {
    return [];
  }
}

/** `RUN <<EOF` has the script itself as its here-document. */
function withDocument(command: Excerpt): Excerpt {
  const [whole, , word = ''] = /^<<-?(["']?)(\w+)\1[^\n]*\n/.exec(command.text) ?? [];
  if (whole === undefined) return command;
  const end = command.text.lastIndexOf(`\n${word}`);
  const text = command.text.slice(whole.length, end === -1 ? undefined : end);
  return excerptOf(command, [{ text, offset: whole.length }]);
}

type Instruction = { readonly name: string; readonly rest: Excerpt };

/** With lines that a backslash continues, and without the comments between them. */
function instructionsOf(file: ProjectFile): Instruction[] {
  const lines = [...file.text.matchAll(/[^\n]*(\n|$)/g)];
  const found: Instruction[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [line = ''] = lines[at] ?? [];
    const [start, name] = /^\s*([A-Za-z]+)\s+/.exec(line) ?? [];
    if (start === undefined || name === undefined) continue;
    const pieces: Piece[] = [];
    let document: string | undefined;
    for (let isFirst = true; at < lines.length; at++, isFirst = false) {
      const match = lines[at];
      const [text = ''] = match ?? [];
      if (!document && /^\s*#/.test(text)) continue;
      const from = isFirst ? start.length : 0;
      pieces.push({ text: text.slice(from), offset: (match?.index ?? 0) + from });
      if (document !== undefined && text.trim() === document) break;
      document ??= /<<-?["']?(\w+)/.exec(text)?.[1];
      if (document === undefined && !/\\\s*$/.test(text)) break;
    }
    found.push({ name: name.toUpperCase(), rest: excerptOf(file, pieces) });
  }
  return found;
}
