/** The tests that deploy, kill, publish, play histories: minutes, and so apart from what `npm test` runs. */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["**/*.long.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
};
