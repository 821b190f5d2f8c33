import { spawn } from "node:child_process";
import { once } from "node:events";
import { Session } from "../../src/resource-store/session";

describe("a session", () => {
  it("is over when it is closed, here", () => {
    const [one, other] = [new Session(), new Session()];
    expect(one.name).not.toBe(other.name);
    expect(other.isOver(one.name)).toBe(false);
    one.close();
    expect(other.isOver(one.name)).toBe(true);
    other.close();
  });

  it("is over when its process has gone, or its number is another process's", async () => {
    const session = new Session();
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    await once(child, "spawn");
    // A session of a process that started at another time than the one that has its number now.
    expect(session.isOver(`${child.pid}.1.1`)).toBe(true);
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
    expect(session.isOver(`${child.pid}.0.1`)).toBe(true);
    session.close();
  });
});
