export { PLAN_FILE, repositoryOf } from "./repository";
export { errorSentence, systemErrorText } from "./system-error";
export { readJsonObject, readText, writeText, writeTexts } from "./text-file";
export { withWorkspaceLock } from "./workspace-lock";
