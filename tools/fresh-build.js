// Builds a package of this checkout before its command runs, if its build is missing or older than its sources. Commands
// call this only in a checkout: a published package has no tsconfig.json, and always has its build.
const { execFileSync } = require("node:child_process");
const {
  existsSync,
  linkSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} = require("node:fs");
const { dirname, join, relative } = require("node:path");
const { checkCache } = require("./nx-ready.js");

const root = join(__dirname, "..");

const manifest = (project) => JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
/** What `tsc -b` writes last. */
const record = (project) => join(project, "tsconfig.tsbuildinfo");

/** A package and the packages of this checkout that it needs, each once. */
function closure(project, found = new Set()) {
  if (found.has(project)) return found;
  found.add(project);
  for (const name of Object.keys(manifest(project).dependencies ?? {}))
    if (name.startsWith("@cluster-ipam/")) closure(join(root, "packages", name.split("/")[1]), found);
  return found;
}

function isStale(project) {
  if (!existsSync(record(project)) || !existsSync(join(project, "dist"))) return true;
  const built = statSync(record(project)).mtimeMs;
  const sources = readdirSync(join(project, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return [join(project, "tsconfig.json"), ...sources].some((file) => statSync(file).mtimeMs > built);
}

/** Lets one process build at a time. A lock whose process has ended is void. */
function locked(build) {
  const lock = join(root, ".nx/fresh-build.lock");
  while (!taken(lock))
    if (isAbandoned(lock)) rmSync(lock, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  try {
    build();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Takes the lock in one step, so that it always names a process. @returns false if another process has it */
function taken(lock) {
  const own = `${lock}.${process.pid}`;
  try {
    writeFileSync(own, `${process.pid}`);
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function isAbandoned(lock) {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    if (pid > 0) process.kill(pid, 0);
    return !(pid > 0);
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function build(project) {
  const nx = join(root, "node_modules/nx/dist/bin/nx.js");
  execFileSync(process.execPath, [nx, "build", manifest(project).name, "--outputStyle=static"], {
    cwd: root,
    env: { ...process.env, NX_TUI: "false" },
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** @param {string} bin the folder of the command, in its package */
module.exports = (bin) => {
  // nx has built what the command needs before it started the task that runs it.
  if (process.env.NX_TASK_TARGET_PROJECT) return;
  const project = dirname(bin);
  const projects = [...closure(project)];
  if (!projects.some(isStale)) return;
  try {
    checkCache();
    locked(() => {
      if (!projects.some(isStale)) return;
      console.error(`Building ${relative(root, project)}: its build is missing or older than its sources.`);
      build(project);
      // nx leaves a build as it is if its sources have a new date and the same content.
      const now = new Date();
      for (const built of projects) utimesSync(record(built), now, now);
    });
  } catch (error) {
    console.error(`${error.stdout ?? ""}${error.stderr ?? error.message}`);
    process.exit(1);
  }
};
