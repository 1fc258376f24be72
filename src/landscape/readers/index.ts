import { applicationProperties, applicationYaml } from './application/index.ts';
import { codeReaders } from './code/index.ts';
import { composeFile } from './compose/index.ts';
import { connectorJson } from './connect/json.ts';
import { dependencyReaders } from './dependencies/index.ts';
import { kustomization } from './kubernetes/kustomize.ts';
import { strimzi } from './kubernetes/strimzi.ts';
import { workloads } from './kubernetes/workloads.ts';
import { monitoringReaders } from './monitoring/index.ts';
import { privateKey } from './private-key.ts';
import { propertiesFile } from './properties.ts';
import type { Reader } from './reader.ts';
import { schemaReaders } from './schemas.ts';
import { dockerfile } from './shell/dockerfile.ts';
import { makefile } from './shell/makefile.ts';
import { shellScript } from './shell/script.ts';
import { yamlScripts } from './shell/yaml-scripts.ts';
import { terraform } from './terraform.ts';

export const readers: readonly Reader[] = [
  propertiesFile,
  applicationProperties,
  applicationYaml,
  composeFile,
  ...dependencyReaders,
  ...schemaReaders,
  ...monitoringReaders,
  strimzi,
  workloads,
  kustomization,
  privateKey,
  terraform,
  ...codeReaders,
  connectorJson,
  shellScript,
  dockerfile,
  makefile,
  yamlScripts,
];
