export { PLAN_FILE, repositoryOf } from "./repository";
export { withWorkspaceLock } from "./workspace-lock";
