/**
 * npm run build: dist/ is the whole program, with what it uses of other packages and their
 * licences; the package installs nothing else. Templates are packed too, because npm leaves
 * .npmrc and .gitignore out of a package, and one file is read faster than a hundred.
 */
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { type TemplateFile, templateFiles } from '../src/artifacts/templates.ts';
import { policyJsonSchema } from '../src/check/policy/json-schema.ts';
import { wasmFiles } from '../src/files/formats/syntax-tree.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** A module whose exports are constants, as their values: zod is slow to load, and not needed. */
const constants: Plugin = {
  name: 'constants',
  setup({ onLoad }) {
    onLoad({ filter: /(blueprint|policy)[/\\]json-schema\.ts$/ }, async ({ path }) => ({
      contents: Object.entries(await import(path))
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
        .join('\n'),
    }));
  },
};

/** Modules of Node's that cost time to load and are not needed. */
const light: Plugin = {
  name: 'light',
  setup({ onResolve, onLoad }) {
    // As a module it opens the standard streams; the global is the same object.
    onResolve({ filter: /^(node:)?process$/ }, () => ({ path: 'process', namespace: 'light' }));
    onLoad({ filter: /^process$/, namespace: 'light' }, () => ({
      contents: 'module.exports = process',
    }));
    // Commander starts subcommands in files of their own with it, which krafter has none of.
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /node_modules[/\\]commander[/\\]/.test(importer)
        ? { path: 'child_process', namespace: 'light' }
        : undefined,
    );
    onLoad({ filter: /^child_process$/, namespace: 'light' }, () => ({
      contents: 'export default undefined',
    }));
  },
};

rmSync(dist, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: {
    krafter: 'src/cli/bin.ts',
    'transfer-worker': 'src/drills/workers/transfer.ts',
  },
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.22',
  metafile: true,
  legalComments: 'none',
  plugins: [constants, light],
  alias: {
    // The same code with its WebAssembly inside, instead of a file beside it.
    '@platformatic/wasm-utils': '@platformatic/wasm-utils/bundled',
    // As modules, which a bundle can load when they are needed; what Node.js would take has
    // only a default export there, or asks for its parts in a way that no bundler sees.
    'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
    yaml: './node_modules/yaml/browser/index.js',
  },
  // Packages in CommonJS ask for Node's own modules by `require`.
  banner: {
    js: "import{createRequire as krafterRequire}from'node:module';const require=krafterRequire(import.meta.url);",
  },
});
chmodSync(join(dist, 'krafter.js'), 0o755);
writeFileSync(
  join(dist, 'krafter.check.schema.json'),
  `${JSON.stringify(policyJsonSchema, null, 2)}\n`,
);
for (const folder of ['platform', ...applications()]) pack(folder, templateFiles(folder));
const bundled = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
const wasm = wasmFiles.map((file) => join('node_modules', file));
copyFileSync(join(root, 'src', 'check', 'prove', 'Prove.java'), join(dist, 'Prove.java'));
mkdirSync(join(dist, 'wasm'));
for (const file of wasm) copyFileSync(join(root, file), join(dist, 'wasm', basename(file)));
writeFileSync(join(dist, 'LICENSES.txt'), licences([...bundled, ...wasm]));

function applications(): string[] {
  return readdirSync(join(root, 'templates', 'apps')).map((client) => `apps/${client}`);
}

function pack(folder: string, files: readonly TemplateFile[]): void {
  const file = join(dist, 'templates', `${folder}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(files));
}

/** Of every package that a bundled file comes from. */
function licences(inputs: readonly string[]): string {
  const packages = new Set(
    inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  return [...packages]
    .sort()
    .map((folder) => {
      const { name, version, license, author } = JSON.parse(
        readFileSync(join(root, folder, 'package.json'), 'utf8'),
      ) as Record<'name' | 'version' | 'license' | 'author', string>;
      const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
      // A few packages come without the text; whose it is they say.
      const text = file ? readFileSync(join(root, folder, file), 'utf8') : `Copyright ${author}`;
      return `${name} ${version} (${license})\n\n${text.trim()}`;
    })
    .join(`\n\n${'-'.repeat(80)}\n\n`)
    .concat('\n');
}
