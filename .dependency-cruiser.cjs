/** The direction of the arrows (docs/architecture.md), and no circles. */
const below = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: `^src/(${from})/` },
  to: { path: `^src/(${to})/` },
});

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nobody-imports-cli',
      severity: 'error',
      from: { pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'only-cli-serves-models',
      severity: 'error',
      from: { pathNot: '^src/(cli|mcp)/' },
      to: { path: '^src/mcp/' },
    },
    below(
      'a-cluster-is-asked-by-nobody-it-knows',
      'cluster',
      'catalog|answers|blueprint|model|artifacts|project|engine|drills|planner|landscape|check',
    ),
    below(
      'models-see-what-is-live',
      'mcp',
      'answers|blueprint|model|artifacts|project|engine|drills|planner',
    ),
    below(
      'catalog-is-the-ground',
      'catalog',
      'answers|blueprint|model|artifacts|project|engine|drills|cluster|planner|landscape|check',
    ),
    below(
      'files-are-texts',
      'files',
      'catalog|answers|blueprint|model|artifacts|project|engine|drills|cluster|planner|landscape|check',
    ),
    below(
      'schemas-are-texts-too',
      'schemas',
      'catalog|answers|blueprint|model|artifacts|project|engine|drills|cluster|planner|landscape|check',
    ),
    below(
      'landscape-only-reads',
      'landscape',
      'answers|blueprint|model|artifacts|project|engine|drills|cluster|planner|check',
    ),
    below(
      'rules-see-facts-only',
      'check',
      'answers|blueprint|model|artifacts|project|engine|drills|cluster|planner',
    ),
    below('model-is-pure', 'model|planner', 'answers|artifacts|project|engine|drills|cluster'),
    below('artifacts-know-no-engine', 'artifacts', 'answers|project|engine|drills|cluster'),
    below(
      'project-writes-what-it-is-given',
      'project',
      'answers|blueprint|model|engine|drills|cluster',
    ),
    below('engine-knows-no-drills', 'engine', 'drills|answers'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
  },
};
