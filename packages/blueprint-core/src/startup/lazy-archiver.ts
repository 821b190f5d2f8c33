import { createRequire } from "node:module";

const load = createRequire(require.resolve("cdktf"));

/** Path of cdktf's archiver; undefined if cdktf is an alias of CDK Terrain, which has none. */
function archiverPath(): string | undefined {
  try {
    return load.resolve("archiver");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

/**
 * cdktf always loads archiver, with lodash and a zip writer, though only archive assets use it. A stub in the module
 * cache, installed before cdktf is loaded, loads the real archiver on its first call. This saves other synths 50 ms and
 * 4 MB.
 */
function installStub(path: string): void {
  const stub = new (module.constructor as new (id: string) => NodeJS.Module)(path);
  stub.exports = (...args: readonly unknown[]): unknown => {
    delete require.cache[path];
    return (load("archiver") as (...given: readonly unknown[]) => unknown)(...args);
  };
  stub.loaded = true;
  require.cache[path] = stub;
}

const path = archiverPath();
if (path !== undefined && !require.cache[path]) installStub(path);
