/** The tests of the report's page in a browser, which take longer than all others together. */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["**/*.long.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
  testTimeout: 240_000,
};
