import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Path of the browser; undefined if there is none. @throws Error in CI, where `.ci/run` installs it */
export function findChromium(): string | undefined {
  const found = PATHS.find((path) => existsSync(path));
  if (found === undefined && process.env["CI"])
    throw new Error(`no Chromium at ${PATHS.join(", ")}; install Debian's package chromium`);
  if (found === undefined)
    process.stderr.write("Skipping the page tests: Chromium is not installed (apt-get install chromium).\n");
  return found;
}

/** Starts a headless browser with its own profile and without background network requests. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
}
