// Lets a child process run the package's TypeScript sources, so that tests never run a stale build.
const { transformFileSync } = require("@swc/core");

require.extensions[".ts"] = (module, file) => {
  const jsc = { target: "es2022", parser: { syntax: "typescript" } };
  module._compile(transformFileSync(file, { jsc, module: { type: "commonjs" } }).code, file);
};
