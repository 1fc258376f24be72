import { domain } from './domain.ts';
import { generatedEvents, withDuplicates } from './generating/events.ts';
import { generatorOptions, type GeneratorOptions } from './generating/options.ts';
import { postEvents } from './generating/post.ts';
import { ExitCode } from './service/main.ts';
import { SettingsError } from './service/variables.ts';

process.exitCode = await generate();

async function generate(): Promise<number> {
  let options: GeneratorOptions;
  try {
    options = generatorOptions(process.argv.slice(2));
  } catch (error) {
    if (error instanceof SettingsError) {
      console.error(error.message);
      return ExitCode.settings;
    }
    throw error;
  }
  const { seed, count, rate, duplicates, url, print } = options;
  const events = withDuplicates(generatedEvents(domain, seed, count), seed, duplicates);
  if (print) {
    for (const event of events) {
      process.stdout.write(`${JSON.stringify(event)}\n`);
    }
    return 0;
  }
  const { posted, refused } = await postEvents(events, { url, rate, domain });
  console.error(`${posted - refused} of ${posted} events accepted`);
  return refused === 0 ? 0 : 1;
}
