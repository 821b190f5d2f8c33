module.exports = {
  ...require("../jest.config.base.js")(__dirname),
  roots: ["<rootDir>"],
  testTimeout: 120_000,
};
