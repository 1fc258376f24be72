import type { Rule } from '../../rule.ts';
import { deadImage } from './kd002-dead-image.ts';
import { zookeeperLessImage } from './kd003-zookeeper-less-image.ts';
import { heapAndLimit } from './kd008-heap-and-limit.ts';
import { noSuchPort } from './kd012-no-such-port.ts';

export const composeRules: readonly Rule[] = [
  deadImage,
  zookeeperLessImage,
  heapAndLimit,
  noSuchPort,
];
