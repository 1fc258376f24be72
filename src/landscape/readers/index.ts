import { strimzi } from './kubernetes/strimzi.ts';
import { propertiesFile } from './properties.ts';
import type { Reader } from './reader.ts';

export const readers: readonly Reader[] = [propertiesFile, strimzi];
