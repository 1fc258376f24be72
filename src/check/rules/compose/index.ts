import type { Rule } from '../../rule.ts';
import { noTag } from './kd001-no-tag.ts';
import { deadImage } from './kd002-dead-image.ts';
import { zookeeperLessImage } from './kd003-zookeeper-less-image.ts';
import { prefixOfAnother } from './kd004-prefix.ts';
import { noVolume } from './kd005-no-volume.ts';
import { listensToItself } from './kd007-listens-to-itself.ts';
import { heapAndLimit } from './kd008-heap-and-limit.ts';
import { dockerSocket } from './kd010-docker-socket.ts';
import { noSuchPort } from './kd012-no-such-port.ts';
import { imageEnds } from './kd013-image-ends.ts';
import { controllerAdvertises } from './kd014-controller-advertises.ts';
import { otherPortOutside } from './kd016-other-port-outside.ts';

export const composeRules: readonly Rule[] = [
  noTag,
  deadImage,
  zookeeperLessImage,
  prefixOfAnother,
  noVolume,
  listensToItself,
  heapAndLimit,
  dockerSocket,
  noSuchPort,
  imageEnds,
  controllerAdvertises,
  otherPortOutside,
];
