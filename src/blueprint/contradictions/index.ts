import type { Blueprint } from '../schema.ts';
import { brokers } from './brokers.ts';
import { choices } from './choices.ts';
import type { Contradiction } from './contradiction.ts';
import { names } from './names.ts';
import { ports } from './ports.ts';
import { references } from './references.ts';
import { services } from './services.ts';
import { topics } from './topics.ts';

/** What is valid word by word, but makes no working platform together; the first is told. */
export const contradictions = (blueprint: Blueprint): Contradiction[] =>
  [choices, brokers, names, topics, references, services, ports].flatMap((find) => find(blueprint));
