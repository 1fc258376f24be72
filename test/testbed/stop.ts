/** Cleans up after a test run that was killed. */
import { startDocker } from './docker.ts';

await (await startDocker())[Symbol.asyncDispose]();
