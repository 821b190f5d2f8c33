import { writeSync } from "node:fs";

// Preloaded by measuredRun.
process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));
