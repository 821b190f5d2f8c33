import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Path of the browser; undefined where there is none. In CI that is an error: `.ci/run` installs it. */
export function findChromium(): string | undefined {
  const found = PATHS.find((path) => existsSync(path));
  if (found === undefined && process.env["CI"])
    throw new Error(`none of ${PATHS.join(", ")} is there; install Debian's package chromium`);
  if (found === undefined)
    process.stderr.write("The page is not tested: there is no Chromium (apt-get install chromium).\n");
  return found;
}

/** Starts a headless browser that calls nobody, with a profile of its own. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
}
