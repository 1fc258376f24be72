/** Calls of programs that matter here, whatever stands before them: docker exec, sudo, sh -c. */
import type { Excerpt } from '../../../files/formats/excerpt.ts';
import type { Place } from '../../../files/place.ts';
import { type Call, isShell, type Shell } from './interpret.ts';
import { isTool } from './names.ts';
import { Scope } from './scope.ts';
import type { Word } from './words.ts';

/** A program without its folder and `.sh`, and what it is given. */
export type ToolCall = {
  readonly tool: string;
  readonly at: Place;
  readonly words: readonly Word[];
  readonly input?: Call['input'];
};

/** Programs that run what stands behind them. */
const wrappers =
  /^(docker|docker-compose|podman|podman-compose|nerdctl|kubectl|oc|k|sudo|env|timeout|time|nohup|exec|ssh|command|xargs|retry|winpty|gosu|su-exec|runuser|stdbuf|nice|wait-for-it|dockerize|eval|microk8s)$/;
/** Only these of their commands run something. */
const containers = /^(docker|docker-compose|podman|podman-compose|nerdctl|kubectl|oc|k)$/;
const naming = /^(-(-?name|t|-tag|h|-hostname|l|-label|-network|-net|-alias|-network-alias|f))$/;

const deepest = 4;

const programOf = (word: Word | undefined): string =>
  (word?.tail ?? '').slice((word?.tail ?? '').lastIndexOf('/') + 1).replace(/\.(sh|bat|exe)$/, '');

/** All of them in a script. */
export function toolCalls(shell: Shell, excerpt: Excerpt, scope: Scope, depth = 0): ToolCall[] {
  return shell.calls(excerpt, scope).flatMap((call) => toolsIn(shell, call, depth));
}

/** The one of a list of words, such as `["kafka-topics", "--create"]`; or those of its `sh -c`. */
export const toolCallsOf = (shell: Shell, words: readonly Word[], scope: Scope): ToolCall[] => {
  const [first] = words;
  return first ? toolsIn(shell, { words, at: first.at, scope }, 0) : [];
};

function toolsIn(shell: Shell, call: Call, depth: number): ToolCall[] {
  const { words, input } = call;
  const program = programOf(words[0]);
  const isWrapped = wrappers.test(program);
  const runs = words.some(({ value }) => 'known' in value && /^(exec|run|--)$/.test(value.known));
  if (containers.test(program) && !runs) return [];
  for (const [index, word] of words.entries()) {
    const name = programOf(word);
    const previous = words[index - 1]?.value;
    const isName = previous && 'known' in previous && naming.test(previous.known);
    if (isTool(name) && !isName)
      return [{ tool: name, at: word.at, words: words.slice(index + 1), ...(input && { input }) }];
    if (isShell.test(name) && !isName) {
      const found = nested(shell, words.slice(index + 1), call, depth);
      if (found) return found;
    }
    if (!isWrapped) return [];
  }
  return [];
}

/** The script of `bash -c '…'`, or what a here-document gives to it. */
function nested(
  shell: Shell,
  words: readonly Word[],
  { input, scope }: Call,
  depth: number,
): ToolCall[] | undefined {
  if (depth >= deepest) return [];
  const flag = words.findIndex(({ value }) => 'known' in value && /^-\w*c$/.test(value.known));
  const script = flag === -1 ? input : words[flag + 1]?.inside;
  if (!script) return flag === -1 ? undefined : [];
  // Without quotes that keep it, the outer shell has filled in its own variables.
  const { around, variables } = scope;
  const inner = new Scope(around, script.expands ? { variables } : {});
  return toolCalls(shell, script, inner, depth + 1);
}
