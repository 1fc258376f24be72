import { createAPI, Writer } from '@platformatic/kafka';
import {
  always,
  array,
  bool,
  int8,
  int16,
  int32,
  nullableString,
  type Read,
  string,
  struct,
} from './wire.ts';

const brokerEndpoints = 1;

/** DescribeClusterResponse.json; version 2 tells of fenced brokers too (KIP-1073). */
const describeCluster = (version: number, isFenced: Read<boolean>) => {
  const response = struct({
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: nullableString,
    endpointType: int8,
    clusterId: string,
    controllerId: int32,
    brokers: array(
      struct({ brokerId: int32, host: string, port: int32, rack: nullableString, isFenced }),
    ),
    clusterAuthorizedOperations: int32,
  });
  return createAPI<[], ReturnType<typeof response>>(
    60,
    version,
    () => {
      const request = Writer.create().appendBoolean(true).appendInt8(brokerEndpoints);
      return (version > 1 ? request.appendBoolean(true) : request).appendTaggedFields();
    },
    (_correlation, _key, _version, reader) => response(reader),
  );
};

export const describeClusterV2 = describeCluster(2, bool);
export const describeClusterV1 = describeCluster(1, always(false));
