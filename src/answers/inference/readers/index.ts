import { compose } from './compose.ts';
import { connectorJson, connectorProperties } from './connectors.ts';
import { goMod } from './go-mod.ts';
import { gradle } from './gradle.ts';
import { brokerProperties, clientProperties } from './kafka-properties.ts';
import { kubernetes } from './kubernetes.ts';
import { charts, systemd, terraform } from './machines.ts';
import { packageJson } from './package-json.ts';
import { pom } from './pom.ts';
import { pyproject, requirements, setupCfg } from './python-manifests.ts';
import type { Reader } from './reader.ts';
import { avroSchema, protobufSchema } from './schemas.ts';
import { logShippers } from './shippers.ts';
import { source } from './source.ts';
import { springProperties, springYaml } from './spring.ts';
import { strimzi } from './strimzi.ts';

export const readers: readonly Reader[] = [
  pyproject,
  requirements,
  setupCfg,
  pom,
  gradle,
  packageJson,
  goMod,
  compose,
  strimzi,
  kubernetes,
  charts,
  springYaml,
  springProperties,
  brokerProperties,
  clientProperties,
  connectorJson,
  connectorProperties,
  avroSchema,
  protobufSchema,
  ...logShippers,
  systemd,
  terraform,
  ...source,
];
