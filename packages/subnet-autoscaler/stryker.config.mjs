// Mutates what decides and what acts: `npm run mutation`. Not in the gate: it takes minutes of every core.
/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate: ["packages/subnet-autoscaler/src/runtime/{decide,act}/*.ts"],
  // The words of reasons and advice are not behaviour; causes and actions are held by the types and by the tests.
  mutator: { excludedMutations: ["StringLiteral"] },
  testRunner: "jest",
  plugins: ["@stryker-mutator/jest-runner"],
  jest: {
    projectType: "custom",
    configFile: "packages/subnet-autoscaler/jest.config.js",
    config: { testMatch: ["**/test/runtime/mutation.ts"] },
    enableFindRelatedTests: false,
  },
  coverageAnalysis: "perTest",
  ignorePatterns: [".stryker-tmp*", "**/dist", "**/.tsbuild", "docs", "apps", "tests", "/.git", "**/*.out"],
  thresholds: { high: 95, low: 90, break: 90 },
  reporters: ["clear-text", "progress"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tempDirName: ".stryker-tmp",
  concurrency: 2,
};
