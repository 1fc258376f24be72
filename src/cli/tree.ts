import type { PlanReport } from '../project/index.ts';

/** The files of a plan as a tree with their sizes. */
export function planTree(name: string, { files, bytes }: PlanReport): string {
  const lines: string[] = [`${name}/`];
  let open: string[] = [];
  for (const { path, bytes: size } of [...files].sort((a, b) => compare(a.path, b.path))) {
    const parts = path.split('/');
    const folders = parts.slice(0, -1);
    const shared = folders.findIndex((folder, depth) => folder !== open[depth]);
    const from = shared === -1 ? folders.length : shared;
    for (let depth = from; depth < folders.length; depth++) {
      lines.push(`${indent(depth)}${folders[depth]}/`);
    }
    open = folders;
    const label = `${indent(folders.length)}${parts.at(-1)}`;
    lines.push(`${label.padEnd(60)} ${kilobytes(size).padStart(9)}`);
  }
  lines.push('', `${files.length} files, ${kilobytes(bytes)}; nothing was written.`);
  return lines.join('\n');
}

const indent = (depth: number): string => '  '.repeat(depth + 1);

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

const compare = (a: string, b: string): number => (a < b ? -1 : 1);
