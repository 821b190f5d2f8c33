import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withWorkspaceLock } from "../../src/repository";

const workspace = mkdtempSync(join(tmpdir(), "workspace-lock-"));
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

test("a second run in a workspace is refused, and can start once the first has ended", async () => {
  await withWorkspaceLock(workspace, () =>
    expect(withWorkspaceLock(workspace, async () => "second")).rejects.toThrow(
      /plan\.lock: another run is in progress in this workspace/,
    ),
  );
  await expect(withWorkspaceLock(workspace, async () => "later")).resolves.toBe("later");
});
