import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PlanError } from "../../errors/plan-error";

/** The page's script and style, bundled from `browser/`. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/** Reads the bundled script and style. @throws PlanError if the package is not built */
export function readPageAssets(): PageAssets {
  const folder = join(__dirname, "browser");
  try {
    return {
      script: readFileSync(join(folder, "main.js"), "utf8"),
      style: readFileSync(join(folder, "style.css"), "utf8"),
    };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    throw new PlanError(
      `${folder}: the page's script is not built; run npm run build -w packages/plan-report`,
    );
  }
}
