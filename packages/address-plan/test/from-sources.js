// Lets a child process run the package's TypeScript sources: tests prove the sources, not a build that may be stale.
const { transformFileSync } = require("@swc/core");

require.extensions[".ts"] = (module, file) => {
  const jsc = { target: "es2022", parser: { syntax: "typescript" } };
  module._compile(transformFileSync(file, { jsc, module: { type: "commonjs" } }).code, file);
};
