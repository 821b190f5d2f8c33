// Ends a command on a Node version that this project does not support, before any code runs that the version cannot load.
// Every command requires it first. It must load in old versions of Node, too.
const { engines } = require("../package.json");

/** @param {string} range as in `engines`: "^20.19.0 || >=24.0.0" @param {string} version as in `process.versions` */
const isSupported = (range, version) =>
  range.split("||").some((part) => {
    const [, sign, bound] = /^\s*(\^|>=)\s*([\d.]+)\s*$/.exec(part) || [];
    if (bound === undefined) return true;
    const [major, minor] = version.split(".").map(Number);
    const [least, leastMinor] = bound.split(".").map(Number);
    return major === least ? minor >= leastMinor : sign === ">=" && major > least;
  });

if (!isSupported(engines.node, process.versions.node)) {
  // Alone, it is the first part of an npm script.
  const name =
    require.main === module
      ? process.env.npm_lifecycle_event || "cluster-ipam"
      : require("path").basename(process.argv[1] || "cluster-ipam", ".js");
  console.error(
    name +
      ": Node " +
      process.versions.node +
      " is not supported (" +
      engines.node +
      "); install Node 20.19 or later, and run this again",
  );
  process.exit(1);
}
