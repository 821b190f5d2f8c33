import { createRequire } from "node:module";

const load = createRequire(require.resolve("cdktf"));

/** Where cdktf's archiver is; undefined for CDK Terrain in cdktf's place, which has none. */
function archiverPath(): string | undefined {
  try {
    return load.resolve("archiver");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

/**
 * cdktf loads archiver, with lodash and a zip writer behind it, whenever it is loaded; only archive assets
 * use it. Put in its place before cdktf is loaded, this function loads the real one when it is called,
 * which saves every other synth 50 ms and 4 MB.
 */
function putLazily(path: string): void {
  const stand = new (module.constructor as new (id: string) => NodeJS.Module)(path);
  stand.exports = (...args: readonly unknown[]): unknown => {
    delete require.cache[path];
    return (load("archiver") as (...given: readonly unknown[]) => unknown)(...args);
  };
  stand.loaded = true;
  require.cache[path] = stand;
}

const path = archiverPath();
if (path !== undefined && !require.cache[path]) putLazily(path);
