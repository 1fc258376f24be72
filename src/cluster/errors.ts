import { AuthenticationError } from '@platformatic/kafka';

/** The first message at the bottom of nested and multiple errors. */
export function innermost(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  if (error instanceof Error && error.cause) return innermost(error.cause);
  return error instanceof Error ? error.message : String(error);
}

/** Did a broker refuse user or password, wherever in nested errors that is said? */
export function isRefusedLogin(error: unknown): boolean {
  if (error instanceof AuthenticationError) return true;
  const inner = error instanceof AggregateError ? error.errors : [];
  const cause = error instanceof Error && error.cause ? [error.cause] : [];
  return [...inner, ...cause].some(isRefusedLogin);
}
