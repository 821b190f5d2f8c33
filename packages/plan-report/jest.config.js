/** What starts a browser for many seconds: see jest.long.config.js. */
const long = "\\.long\\.test\\.ts$";
const base = require("../../jest.config.base.js")(__dirname);

module.exports = {
  ...base,
  // jest loads no ES modules; this is the same code for browsers.
  moduleNameMapper: {
    ...base.moduleNameMapper,
    "^d3-hierarchy$": require.resolve("d3-hierarchy").replace(/\.mjs$/, ".js"),
  },
  testPathIgnorePatterns: ["/node_modules/", long],
};
