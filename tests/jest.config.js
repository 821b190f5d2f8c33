module.exports = {
  ...require("../jest.config.base.js")(__dirname),
  roots: ["<rootDir>"],
  // Most of the time goes to Terraform and npm, so a worker leaves its core idle now and then.
  maxWorkers: "100%",
  testTimeout: 120_000,
};
