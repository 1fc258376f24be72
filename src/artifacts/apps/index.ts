import { useCases } from '../../catalog/use-cases/index.ts';
import type { Platform } from '../../model/platform.ts';
import { type Artifact, managed } from '../artifact.ts';
import { ownershipLines } from '../header.ts';
import { templateFiles } from '../templates.ts';
import { type Kit, kits } from './kits.ts';
import { type Runtime, runtimes } from './runtimes.ts';

/** Where the application lies in the project. */
export const applicationFolder = 'app';

export function kitOf(platform: Platform): Kit {
  const kit = kits[platform.application.client];
  if (!kit) throw new Error(`no kit for ${platform.application.client}`);
  return kit;
}

/** How the kit's language is run. */
export const runtimeOf = (platform: Platform): Runtime => runtimes[kitOf(platform).runtime];

/** The client's kit with the use case's domain, and nothing of the other four. */
export function applicationArtifacts(platform: Platform): Artifact[] {
  const kit = kitOf(platform);
  const own = kit.domainFolder(platform.useCase.domain);
  const others = Object.values(useCases)
    .map(({ domain }) => kit.domainFolder(domain))
    .filter((folder) => folder !== own);
  const foreign = kit.domainRoots.flatMap((root) => others.map((folder) => `${root}/${folder}/`));
  return templateFiles(`apps/${kit.id}`)
    .filter(({ path }) => !foreign.some((prefix) => path.startsWith(prefix)))
    .map(({ path, content, mode }) =>
      managed(
        `${applicationFolder}/${path}`,
        withOwner(kit, path, path === kit.binding ? bind(kit, content, own) : content, platform),
        mode,
      ),
    );
}

/** The template binds page views; that word is the only one to change. */
const bind = (kit: Kit, content: string, folder: string): string =>
  content.replaceAll(kit.domainFolder('page-views'), folder);

/** The project's name, and a first line that says who owns the file, where the format has comments. */
function withOwner(kit: Kit, path: string, content: string, platform: Platform): string {
  const named = content.replaceAll('platform-app', platform.name);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const ending = name.slice(name.lastIndexOf('.'));
  const comment = kit.comments[name] ?? kit.comments[ending];
  if (!comment || content === '') return named;
  const space = kit.apart?.includes(ending) ? '\n' : '';
  return `${ownershipLines.map((line) => `${comment} ${line}`).join('\n')}\n${space}${named}`;
}
