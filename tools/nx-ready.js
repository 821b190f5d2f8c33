// Ends a command before nx starts where nx cannot write its cache. nx itself then fails without a path, or only after its
// first tasks.
const { mkdirSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const folder = join(__dirname, "../.nx");
/** What nx writes of this repository in a run whose tasks are all cached, rounded up. */
const MEGABYTES = 4;

/** Proves that nx can write its cache. @throws Error of one sentence, with the path and a fix */
function checkCache() {
  const probe = join(folder, `.probe-${process.pid}`);
  try {
    // With `recursive`, Node would say ENOENT of a file system that is read-only.
    mkdirIfMissing(folder);
    writeFileSync(probe, Buffer.alloc(MEGABYTES * 2 ** 20));
  } catch (error) {
    throw new Error(
      `${folder}: nx cannot write its cache here (${error.code}); free ${MEGABYTES} MB on the disk, ` +
        "or use a copy of the repository that can be written",
    );
  } finally {
    rmSync(probe, { force: true });
  }
}

function mkdirIfMissing(path) {
  try {
    mkdirSync(path);
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
}

module.exports = { checkCache };

if (require.main === module)
  try {
    checkCache();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
