/** What takes long or starts the CLI of cdktf: see jest.long.config.js. */
const long = "\\.long\\.test\\.ts$";

module.exports = {
  ...require("../jest.config.base.js")(__dirname),
  roots: ["<rootDir>"],
  // Most of the time goes to Terraform and npm, so a worker leaves its core idle now and then.
  maxWorkers: "100%",
  testPathIgnorePatterns: ["/node_modules/", long],
  testTimeout: 120_000,
};
