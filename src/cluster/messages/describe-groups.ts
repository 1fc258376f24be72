import { createAPI, Writer } from '@platformatic/kafka';
import {
  always,
  array,
  bool,
  int8,
  int16,
  int32,
  int64,
  nullable,
  nullableArray,
  nullableString,
  type Read,
  string,
  struct,
  uint16,
  uuid,
} from './wire.ts';

/** The requests that tell of groups of the newer protocols: all take ids, and whether rights are wanted. */
const describe = <G>(apiKey: number, version: number, group: Read<G>) => {
  const response = struct({ throttleTimeMs: int32, groups: array(group) });
  return createAPI<[groups: readonly string[]], ReturnType<typeof response>>(
    apiKey,
    version,
    (groups: readonly string[]) =>
      Writer.create()
        .appendArray([...groups], (writer, id) => writer.appendString(id), true, false)
        .appendBoolean(false)
        .appendTaggedFields(),
    (_correlation, _key, _version, reader) => response(reader),
  );
};

const partitionsOfTopics = struct({
  topicPartitions: array(struct({ topicId: uuid, topicName: string, partitions: array(int32) })),
});

const head = {
  errorCode: int16,
  errorMessage: nullableString,
  groupId: string,
  groupState: string,
  groupEpoch: int32,
  assignmentEpoch: int32,
};

/** ConsumerGroupDescribeResponse.json (KIP-848); version 1 tells which members still speak the classic protocol. */
const consumerGroup = <T>(memberType: Read<T>) =>
  struct({
    ...head,
    assignorName: string,
    members: array(
      struct({
        memberId: string,
        instanceId: nullableString,
        rackId: nullableString,
        memberEpoch: int32,
        clientId: string,
        clientHost: string,
        subscribedTopicNames: array(string),
        subscribedTopicRegex: nullableString,
        assignment: partitionsOfTopics,
        targetAssignment: partitionsOfTopics,
        memberType,
      }),
    ),
    authorizedOperations: int32,
  });

export const consumerGroupDescribeV1 = describe(69, 1, consumerGroup(int8));
export const consumerGroupDescribeV0 = describe(69, 0, consumerGroup(always(-1)));

/** ShareGroupDescribeResponse.json (KIP-932). */
export const shareGroupDescribeV1 = describe(
  77,
  1,
  struct({
    ...head,
    assignorName: string,
    members: array(
      struct({
        memberId: string,
        rackId: nullableString,
        memberEpoch: int32,
        clientId: string,
        clientHost: string,
        subscribedTopicNames: array(string),
        assignment: partitionsOfTopics,
      }),
    ),
    authorizedOperations: int32,
  }),
);

const keyValue = struct({ key: string, value: string });
const topicInfo = struct({
  name: string,
  partitions: int32,
  replicationFactor: int16,
  topicConfigs: array(keyValue),
});
const taskOffset = struct({ subtopologyId: string, partition: int32, offset: int64 });
const taskIds = array(struct({ subtopologyId: string, partitions: array(int32) }));
const tasks = struct({ activeTasks: taskIds, standbyTasks: taskIds, warmupTasks: taskIds });

/** StreamsGroupDescribeResponse.json (KIP-1071). */
export const streamsGroupDescribeV0 = describe(
  89,
  0,
  struct({
    ...head,
    topology: nullable(
      struct({
        epoch: int32,
        subtopologies: nullableArray(
          struct({
            subtopologyId: string,
            sourceTopics: array(string),
            repartitionSinkTopics: array(string),
            stateChangelogTopics: array(topicInfo),
            repartitionSourceTopics: array(topicInfo),
          }),
        ),
      }),
    ),
    members: array(
      struct({
        memberId: string,
        memberEpoch: int32,
        instanceId: nullableString,
        rackId: nullableString,
        clientId: string,
        clientHost: string,
        topologyEpoch: int32,
        processId: string,
        userEndpoint: nullable(struct({ host: string, port: uint16 })),
        clientTags: array(keyValue),
        taskOffsets: array(taskOffset),
        taskEndOffsets: array(taskOffset),
        assignment: tasks,
        targetAssignment: tasks,
        isClassic: bool,
      }),
    ),
    authorizedOperations: int32,
  }),
);

/** DescribeShareGroupOffsetsResponse.json (KIP-932); version 1 counts the lag (KIP-1226). */
const shareOffsets = (version: number, lag: Read<bigint>) => {
  const response = struct({
    throttleTimeMs: int32,
    groups: array(
      struct({
        groupId: string,
        topics: array(
          struct({
            topicName: string,
            topicId: uuid,
            partitions: array(
              struct({
                partitionIndex: int32,
                startOffset: int64,
                leaderEpoch: int32,
                lag,
                errorCode: int16,
                errorMessage: nullableString,
              }),
            ),
          }),
        ),
        errorCode: int16,
        errorMessage: nullableString,
      }),
    ),
  });
  return createAPI<[groups: readonly string[]], ReturnType<typeof response>>(
    90,
    version,
    (groups: readonly string[]) =>
      Writer.create()
        .appendArray([...groups], (writer, id) =>
          // No topics: all that the group has offsets of.
          writer.appendString(id).appendArray(null, () => undefined),
        )
        .appendTaggedFields(),
    (_correlation, _key, _version, reader) => response(reader),
  );
};

export const describeShareGroupOffsetsV1 = shareOffsets(1, int64);
export const describeShareGroupOffsetsV0 = shareOffsets(0, always(-1n));
