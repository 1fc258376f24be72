import { type Artifact, managed } from './artifacts/artifact.ts';
import { header } from './artifacts/header.ts';
import { projectArtifacts } from './artifacts/index.ts';
import { environmentFile, secretsFolder } from './artifacts/security/index.ts';
import { blueprintJsonSchema } from './blueprint/json-schema.ts';
import type { Blueprint } from './blueprint/schema.ts';
import { blueprintFile, blueprintSchemaFile } from './blueprint/write.ts';
import { buildPlatform } from './model/build.ts';

/** Everything that belongs into a project, from its blueprint and the text that holds it. */
export function synthesize(blueprint: Blueprint, text: string): Artifact[] {
  const platform = buildPlatform(blueprint);
  return [
    { path: blueprintFile, content: text, mode: 0o644, ownership: 'once' },
    managed(blueprintSchemaFile, `${JSON.stringify(blueprintJsonSchema, null, 2)}\n`),
    { path: gitignorePath, content: gitignore, mode: 0o644, ownership: 'once' },
    ...environmentFile(platform),
    ...projectArtifacts(platform),
  ];
}

export const gitignorePath = '.gitignore';

/** What must never be committed; `krafter new` says so where a .gitignore of other make is there. */
export const ignored = ['.env', `${secretsFolder}/`, '.krafter/', '*.krafter-new'] as const;

const gitignore = `${header('What git must not keep: secrets, and what runs here.')}
${ignored.join('\n')}
node_modules/
.venv/
__pycache__/
target/
`;
