import { applicationProperties, applicationYaml } from './application/index.ts';
import { dependencyReaders } from './dependencies/index.ts';
import { kustomization } from './kubernetes/kustomize.ts';
import { strimzi } from './kubernetes/strimzi.ts';
import { workloads } from './kubernetes/workloads.ts';
import { privateKey } from './private-key.ts';
import { propertiesFile } from './properties.ts';
import type { Reader } from './reader.ts';
import { terraform } from './terraform.ts';

export const readers: readonly Reader[] = [
  propertiesFile,
  applicationProperties,
  applicationYaml,
  ...dependencyReaders,
  strimzi,
  workloads,
  kustomization,
  privateKey,
  terraform,
];
