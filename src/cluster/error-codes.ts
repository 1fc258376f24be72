import { protocolErrorsCodesById } from '@platformatic/kafka';

/** Of a part of an answer, in Kafka's own word; 0 is none. */
export const errorName = (code: number): string | undefined =>
  code === 0 ? undefined : (protocolErrorsCodesById[code] ?? `error ${code}`);

/** What a person is told about a part that is missing. */
export const whyUnseen = (code: number): string => {
  const name = errorName(code) ?? 'no error';
  const right = /^(\w+)_AUTHORIZATION_FAILED$/.exec(name)?.[1];
  return right ? `no right to it (${name})` : name;
};
