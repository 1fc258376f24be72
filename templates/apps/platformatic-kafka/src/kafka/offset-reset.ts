import { protocolErrors, type Consumer } from '@platformatic/kafka';

type FetchResponse = Awaited<ReturnType<Consumer['fetch']>>;

/**
 * The partitions where a fetch asked for an offset that isn't there, because the topic was deleted and
 * made again. The client starts over with them and tells nobody.
 */
export function partitionsOutOfRange(error: Error): number[] {
  const { response } = error as { response?: Pick<FetchResponse, 'responses'> };
  return (response?.responses ?? [])
    .flatMap(({ partitions }) => partitions)
    .filter(({ errorCode }) => errorCode === protocolErrors.OFFSET_OUT_OF_RANGE?.code)
    .map(({ partitionIndex }) => partitionIndex);
}
