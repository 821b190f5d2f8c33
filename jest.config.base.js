// nx asks its children for colors; the programs that tests start would write escape codes into what is asserted.
process.env.FORCE_COLOR = "0";

// Shared by every package: tests run on the sources of all packages, so no build can be stale.
/** @param {string} rootDir the package's folder @returns {import('jest').Config} */
module.exports = (rootDir) => ({
  rootDir,
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  testEnvironment: "node",
  // A limit against hanging, not a bound on speed: a loaded machine takes many times as long.
  testTimeout: 60_000,
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript", decorators: false } } },
    ],
  },
  moduleNameMapper: {
    "^@cluster-ipam/([a-z-]+)$": `${__dirname}/packages/$1/src/index.ts`,
    "^@cluster-ipam/([a-z-]+)/([a-z0-9/-]+)$": [
      `${__dirname}/packages/$1/src/$2.ts`,
      `${__dirname}/packages/$1/src/$2/index.ts`,
    ],
  },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/.tsbuild"],
});
