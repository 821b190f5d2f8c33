import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

const path = (relative) => new URL(relative, import.meta.url);
const { workspaces } = JSON.parse(readFileSync(path("package.json"), "utf8"));

/** Folder names of all workspaces: `gke`, `prod`, `automation`. */
const projects = workspaces
  .flatMap((pattern) => {
    if (!pattern.endsWith("/*")) return [pattern];
    const parent = pattern.slice(0, -1);
    return readdirSync(path(parent)).map((name) => `${parent}${name}`);
  })
  .filter((folder) => existsSync(path(`${folder}/package.json`)))
  .map((folder) => basename(folder));

// What is not a workspace. A package that is removed or renamed is added here: its old commits are still checked.
const areas = [
  "adr",
  "apps",
  "bench",
  "constructs",
  "deploy",
  "deps",
  "histories",
  "lint",
  "release",
  "tools",
  "upgrade",
  "workflows",
];

/** @type {import("@commitlint/types").UserConfig} */
export default {
  extends: ["@commitlint/config-conventional"],
  helpUrl: "CONTRIBUTING.md#commits",
  rules: {
    "scope-enum": [2, "always", [...projects, ...areas].sort()],
    "header-max-length": [2, "always", 120],
    // A subject may begin with EKS, a body may hold a long URL.
    "subject-case": [0],
    "body-max-line-length": [0],
    "footer-max-line-length": [0],
  },
};
