// The layers of src, top to bottom. A folder imports from folders below it, never from one above it or beside it in the same row.
// The reasons are in docs/decisions/layers.md.
const LAYERS = [
  ["cli"],
  ["handbook", "verify", "setup"],
  ["graph"],
  ["run"],
  ["checkpoints"],
  ["drift"],
  ["health"],
  ["program"],
  ["engine"],
  ["plan"],
  ["hardware"],
  ["plugin"],
  ["transport"],
  ["actions"],
  ["config"],
  ["curriculum"],
];

/** @param {string[]} folders */
const inside = (folders) => `^src/(?:${folders.join("|")})/`;

/** One rule for each folder: everything above it and beside it is out of reach. */
const layers = LAYERS.flatMap((row, index) =>
  row.map((folder) => ({
    name: `${folder}-imports-only-from-below`,
    severity: "error",
    comment: `src/${folder} imports only from: ${
      LAYERS.slice(index + 1)
        .flat()
        .join(", ") || "no other folder"
    }.`,
    from: { path: inside([folder]) },
    to: { path: inside([...LAYERS.slice(0, index).flat(), ...row.filter((other) => other !== folder)]) },
  })),
);

/**
 * What else a folder stays away from, so that it stays pure or can be tested alone.
 * @type {[folders: string[], path: string, reason: string][]}
 */
const APART = [
  [
    ["curriculum", "config", "actions", "transport", "plan", "handbook", "graph"],
    "(?:^|/)node_modules/@pulumi/",
    "does not know the engine",
  ],
  [["curriculum", "plan"], "^(?:node:)?(?:fs|child_process|net|http|https|os)(?:/|$)", "is pure: no I/O"],
  [
    ["plugin"],
    inside(["curriculum", "plan", "hardware"]),
    "runs the commands of a resource; the course is not its business",
  ],
  [["transport"], inside(["actions", "curriculum"]), "carries commands and does not know what they are for"],
  [
    ["handbook", "graph"],
    inside(["transport", "plugin"]),
    "is a reading of course and state, and asks no node",
  ],
];

const apart = APART.map(([folders, path, reason]) => ({
  name: `${folders.join("-")}-apart-from-${path.replace(/[^a-z]+/gi, "-").replace(/^-|-$/g, "")}`,
  severity: "error",
  comment: `This folder ${reason}.`,
  from: { path: inside(folders) },
  to: { path },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...layers,
    ...apart,
    {
      name: "every-folder-has-its-layer",
      severity: "error",
      comment: "A new folder of src gets its row in LAYERS.",
      from: { path: "^src/[^/]+/", pathNot: inside(LAYERS.flat()) },
      to: {},
    },
    {
      name: "hardware-kind-through-its-descriptor",
      severity: "error",
      comment:
        "The table src/hardware/kinds.ts hands out descriptors; what is behind one is its kind's own business.",
      from: {
        path: "^src/",
        pathNot: [
          "^src/hardware/[^/]+/",
          "^src/hardware/kinds[.]ts$",
          // The command that is about hosts alone.
          "^src/cli/trust-hosts[.]ts$",
        ],
      },
      to: { path: "^src/hardware/(?!guest/)[^/]+/" },
    },
    {
      name: "hardware-kinds-do-not-know-each-other",
      severity: "error",
      comment: "What several kinds share is in src/hardware itself.",
      from: { path: "^src/hardware/([^/]+)/" },
      to: { path: "^src/hardware/(?!guest/)[^/]+/", pathNot: "^src/hardware/$1/" },
    },
    {
      name: "no-circles",
      severity: "error",
      comment: "Files that import each other cannot be read one after the other. Types may.",
      from: { path: "^src/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "source-knows-no-tests",
      severity: "error",
      comment: "Neither tests nor development scripts are part of the program.",
      from: { path: "^src/" },
      to: { path: "^(?:test|scripts)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
    },
  },
};
