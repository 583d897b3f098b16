/** From the ground up: a room imports only rooms before it. */
const rooms = [
  "sql",
  "lake",
  "sources",
  "query",
  "evidence",
  "insight",
  "advisors",
  "actions",
  "ledger",
  "reports",
  "notify",
  "state",
  "apply",
  "loop",
  "server",
];
const platform = "^packages/platform/src";
const tests = "\\.test\\.ts$";
const testOnly = `${tests}|${platform}/testing/`;

const neverUp = rooms.map((room, index) => {
  const higher = [...rooms.slice(index + 1).map((name) => `${name}/`), "compose\\.ts$", "cli/", "demo/"];
  return {
    name: `${room}-never-imports-up`,
    comment: "Imports run down the list of rooms; what a lower room needs is passed to it by compose.ts.",
    severity: "error",
    from: { path: `${platform}/${room}/` },
    to: { path: `${platform}/(${higher.join("|")})` },
  };
});

const noSiblings = ["sources", "advisors", "actions", "query/engines"].map((folder) => ({
  name: `no-siblings-in-${folder.replace("/", "-")}`,
  comment: "What two plug-ins share stands one folder up, or in `shared`, which knows no plug-in.",
  severity: "error",
  from: { path: `${platform}/${folder}/([^/]+)/` },
  to: { path: `${platform}/${folder}/[^/]+/`, pathNot: `${platform}/${folder}/($1|shared)/` },
}));

module.exports = {
  forbidden: [
    {
      name: "could-not-resolve",
      comment: "An import that does not resolve is an edge no other rule can see.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "domain-imports-nothing",
      comment: "domain is pure: no I/O, no dependencies.",
      severity: "error",
      from: { path: "^packages/domain/src", pathNot: tests },
      to: { pathNot: "^packages/domain/src" },
    },
    {
      name: "domain-tests-import-no-other-workspace",
      severity: "error",
      from: { path: `^packages/domain/src/.*${tests}` },
      to: { path: "^packages/(?!domain/)" },
    },
    {
      name: "domain-through-its-index",
      comment: "Other workspaces use what @trimtab/domain exports.",
      severity: "error",
      from: { path: platform },
      to: { path: "^packages/domain/", pathNot: "^packages/domain/src/index\\.ts$" },
    },
    ...neverUp,
    ...noSiblings,
    {
      name: "compose-never-imports-cli",
      severity: "error",
      from: { path: `${platform}/compose\\.ts$` },
      to: { path: `${platform}/(cli|demo)/` },
    },
    {
      name: "demo-makes-bills-only",
      comment: "Demo generators write files; they may use lake, sources and sql.",
      severity: "error",
      from: { path: `${platform}/demo/` },
      to: { path: `${platform}/`, pathNot: `${platform}/(demo|lake|sources|sql|testing)/` },
    },
    {
      name: "only-tests-import-testing",
      severity: "error",
      from: { path: "^packages/", pathNot: testOnly },
      to: { path: `${platform}/testing/` },
    },
    {
      name: "only-lake-imports-duckdb",
      severity: "error",
      from: { path: "^packages/", pathNot: `${platform}/lake/` },
      to: { path: "node_modules/@duckdb/" },
    },
    {
      name: "state-knows-no-other-room",
      comment: "What people decide is kept as it is given; what it means is the business of the rooms above.",
      severity: "error",
      from: { path: `${platform}/state/`, pathNot: tests },
      to: { path: `${platform}/`, pathNot: `${platform}/state/` },
    },
    {
      name: "only-state-imports-its-databases",
      severity: "error",
      from: { path: "^packages/", pathNot: `${platform}/state/|${testOnly}` },
      to: { path: "node_modules/(kysely|pg)/|^(node:)?sqlite$" },
    },
    {
      name: "state-loads-lazily",
      comment: "A command that asks the lake loads no other database.",
      severity: "error",
      // The server always has one; it is loaded lazily itself.
      from: { path: "^packages/", pathNot: `${platform}/(state|server)/|${testOnly}` },
      to: {
        path: `${platform}/state/`,
        pathNot: `${platform}/state/(errors|state-place|postgres/postgres-url)\\.ts$`,
        dynamic: false,
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "postgres-loads-lazily",
      comment: "A state database in a file needs no client of a server.",
      severity: "error",
      from: { path: "^packages/", pathNot: testOnly },
      to: { path: "node_modules/pg/", dynamic: false, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "cloud-sdks-load-lazily",
      comment: "A lake in a folder loads none of them.",
      severity: "error",
      from: { path: "^packages/" },
      to: {
        path: "node_modules/(@aws-sdk|@azure|@google-cloud/storage|google-auth-library)/",
        dynamic: false,
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "only-compose-and-cli-wire",
      comment: "A registry is handed to other rooms as an argument.",
      severity: "error",
      from: {
        path: `${platform}/([^/]+)/`,
        pathNot: `${testOnly}|${platform}/(cli|demo)/`,
      },
      to: { path: "/registry\\.ts$", pathNot: `${platform}/$1/` },
    },
    {
      name: "web-takes-types-of-the-contract-only",
      comment:
        "The browser's client is typed by the API's contract; no code of the server goes into the bundle.",
      severity: "error",
      from: { path: "^packages/web/" },
      to: {
        path: `^packages/platform/`,
        pathNot: `${platform}/(server/api|reports/(charts/.+|text/parse-text|definition/dataset-names|run/report-tables))\\.ts$`,
      },
    },
    {
      name: "web-imports-no-code-of-the-contract",
      severity: "error",
      from: { path: "^packages/web/" },
      to: { path: `${platform}/server/api\\.ts$`, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "nothing-imports-the-web",
      comment: "The server serves its built files.",
      severity: "error",
      from: { path: "^packages/(domain|platform)/" },
      to: { path: "^packages/web/" },
    },
    {
      name: "charts-load-lazily",
      comment: "Only a page that draws one loads the chart library.",
      severity: "error",
      from: { path: "^packages/web/src/", pathNot: "^packages/web/src/charts/engine-" },
      to: { path: "node_modules/echarts/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "only-declared-dependencies",
      comment: "What ships is named in the workspace's own package.json.",
      severity: "error",
      from: { path: "^packages/", pathNot: `${testOnly}|^packages/web/vite\\.config\\.ts$` },
      to: {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown", "undetermined"],
        // a link to another workspace resolves outside node_modules, which leaves its type undetermined
        pathNot: "^packages/",
      },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^packages/[^/]+/dist/" },
    // Without exports and their conditions, imports by package name do not resolve and their edges vanish.
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "types", "default"],
      mainFields: ["module", "main", "types"],
      extensions: [".ts", ".tsx", ".js", ".json", ".node"],
    },
  },
};
