import { reconcileRealityIssue } from "../../src/drift/reality-issue";
import { connect } from "../../src/github/repository-api";
import { FakeGitHub } from "../github/fake-github";

let github: FakeGitHub;
beforeEach(async () => (github = await FakeGitHub.start()));
afterEach(() => github.stop());

const reconcile = async (exitCode: string, markdown: string, environment = "prod") =>
  reconcileRealityIssue(await connect(github.env), environment, exitCode, markdown);

test("an issue is open while the plan is not true, or something could not be seen", async () => {
  expect(await reconcile("0", "**The plan is true.**")).toBe("none");
  expect(await reconcile("2", "**The plan is not true.**\n\n- a VPC")).toBe("opened");
  expect(github.issues[0]!.title).toBe("The address plan and the clouds differ in prod");
  expect(await reconcile("2", "**The plan is not true.**\n\n- a VPC")).toBe("unchanged");
  expect(await reconcile("3", "**Nothing differs, as far as it was seen.**")).toBe("updated");
  expect(await reconcile("2", "- a VPC", "dev")).toBe("opened");
  expect(await reconcile("0", "**The plan is true.**")).toBe("closed");
  expect(github.issues.map(({ state }) => state)).toEqual(["closed", "open"]);
});

test("a comparison that failed changes no issue", async () => {
  await expect(reconcile("1", "")).rejects.toThrow("addresses reality ended with exit code 1");
  expect(github.issues).toEqual([]);
});
