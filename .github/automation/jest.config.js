module.exports = {
  ...require("../../jest.config.base.js")(__dirname),
  // Octokit is published as modules only, which jest does not load as they are.
  transform: {
    "^.+\\.(ts|js)$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }],
  },
  transformIgnorePatterns: [
    "/node_modules/(?!(@octokit|before-after-hook|universal-user-agent|json-with-bigint|content-type)/)",
  ],
};
