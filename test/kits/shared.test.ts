import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { kits } from '../../src/artifacts/apps/kits.ts';

const templates = join(import.meta.dirname, '../../templates/apps');

const java = 'src/main/java/com/example/platform';
const javaTests = 'src/test/java/com/example/platform';

/**
 * Each kit is whole, so the kits of a language repeat what no client library has a part in. What is
 * mended in one of them has to be mended in all: these files are equal, byte for byte.
 */
const shared: Readonly<Record<string, readonly string[]>> = {
  python: [
    'Dockerfile',
    '.dockerignore',
    'src/platform_app/{page_views,orders,customers,audit,agent_tasks}/**',
    'src/platform_app/{backoff,codec,connection,dead_letters,domain,event,generate}.py',
    'src/platform_app/{logs,metrics,moment,posting,record,sampling,settings}.py',
    'src/platform_app/store/**',
    'src/platform_app/web/{app,correlation,errors,views}.py',
    'src/platform_app/consumer/{app,batch,lag,offsets}.py',
    'src/platform_app/producer/{app,rejections,sending}.py',
    'src/platform_app/replay/{no_broker,options,plan,resend,settings}.py',
    'src/platform_app/transformer/{app,derivation,metrics,settings,tally}.py',
    'tests/{page_views,orders,customers,audit,agent_tasks,replay,transformer}/**',
  ],
  node: [
    'Dockerfile',
    '{.npmrc,.prettierrc.json,.prettierignore,.dockerignore,tsconfig.json,eslint.config.js}',
    'src/*.ts',
    'src/{page-views,orders,customers,audit,agent-tasks,consuming,generating,producing}/**',
    'src/{replaying,service,store,transforming}/**',
    'src/kafka/{cluster,dead-letters,failures,headers,lane,oauth-tokens,positions,publisher}.ts',
    'src/kafka/{records,topic-watch,write-batches}.ts',
    'test/!(kafka)/**',
  ],
  java: [
    'Dockerfile',
    '{.dockerignore,.mvn/jvm.config,spotbugs-exclude.xml}',
    'src/*/java/com/example/platform/{pageviews,orders,customers,audit,agenttasks,event}/**',
    'src/*/java/com/example/platform/{generate,logs,replay,settings,store}/**',
    `${java}/{UseCase,process/Shutdown,web/Correlation}.java`,
    `${java}/consumer/{Backoff,Batch,BatchProcessor,DeadLetter,DeadLetterHeaders}.java`,
    `${java}/consumer/{DeadLetters,Decoding,ErrorClass,NotYet}.java`,
    `${java}/kafka/{BrokerWatch,ClientConfig,Headers,LagMonitor,Refusal,RefusedForGood}.java`,
    `${java}/metrics/{Buckets,{Consumer,DeadLetter,Producer,Transformer}Metrics}.java`,
    `${java}/producer/{Answer,Delivery,EventIntake,Rejection,Sender}.java`,
    `${java}/transformer/{EventTransform,TransactionCounts}.java`,
    `${javaTests}/metrics/**`,
    `${javaTests}/consumer/{Backoff,BatchProcessor,Batch,DeadLetterHeaders}Test.java`,
    `${javaTests}/kafka/{BrokerWatch,ClientConfig,LagMonitor,Refusal}Test.java`,
    `${javaTests}/{producer/{EventIntake,Rejection},transformer/EventTransform}Test.java`,
    `${javaTests}/support/{DomainLaws,Events,Note,Notes,Records,Stores}.java`,
  ],
  go: ['.dockerignore', 'staticcheck.conf', 'internal/!(kafka|transformer)/**'],
};

/** Of the kits whose client has transactions. */
const transactional: Readonly<Record<string, readonly string[]>> = {
  go: ['cmd/**', 'internal/transformer/**'],
};

for (const [runtime, patterns] of Object.entries(shared)) {
  const [first, ...others] = Object.values(kits).filter((kit) => kit.runtime === runtime);
  for (const other of others) {
    const more = 'transformer' in other.commands ? (transactional[runtime] ?? []) : [];
    describe(`${other.id} and ${first?.id}`, () => {
      for (const pattern of [...patterns, ...more]) {
        test(`have the same ${pattern}`, () => {
          const [mine = '', theirs = ''] = [first?.id ?? '', other.id].map((id) =>
            join(templates, id),
          );
          const files = globSync(pattern, { cwd: mine }).filter((file) => isSource(mine, file));
          assert.ok(files.length > 0, 'there are such files');
          const different = files.filter(
            (file) => read(join(mine, file)) !== read(join(theirs, file)),
          );
          assert.deepEqual(different, []);
        });
      }
    });
  }
}

const isSource = (folder: string, file: string): boolean =>
  !/__pycache__|\.pyc$/.test(file) && statSync(join(folder, file)).isFile();

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return 'not there';
  }
}
