import type { Place } from '../../files/place.ts';
import type { Image } from '../facts/workload.ts';

/** `registry:5000/team/kafka:4.3@sha256:…` in its parts. */
export function imageIn(text: string, at: Place): Image | undefined {
  const [, name, tag, digest] =
    /^(.+?)(?::([\w][\w.-]*))?(?:@(sha256:\w+))?$/.exec(text.trim()) ?? [];
  if (name === undefined) return undefined;
  return {
    name,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
    at,
  };
}
