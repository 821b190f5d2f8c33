import { type Proposal, proposeAddresses } from "../../src/addresses/proposal";
import { connect } from "../../src/github/repository-api";
import { FakeGitHub } from "../github/fake-github";

let github: FakeGitHub;
beforeEach(async () => (github = await FakeGitHub.start()));
afterEach(() => github.stop());

const commit = "a".repeat(40);
const branch = "addresses/freed-dev";
const files = { "addresses.lock.json": "{}\n", "apps/dev/stacks.lock.json": "{}\n" };
const propose = async (proposal: Partial<Proposal> = {}) =>
  proposeAddresses(await connect(github.env), {
    environment: "dev",
    commit,
    base: "main",
    files,
    ...proposal,
  });

test("a proposal is one commit on its branch, and a later one replaces it in the same pull request", async () => {
  github.refs[`refs/heads/${branch}-2`] = "b".repeat(40);
  expect(await propose()).toBe("created");
  const [pull] = github.proposals;
  expect(pull).toMatchObject({
    head: branch,
    base: "main",
    title: "chore: free the addresses that left dev",
  });
  const first = github.refs[`refs/heads/${branch}`]!;
  expect(github.commits[first]).toEqual({ message: pull!.title, parents: [commit], files });

  const later = { commit: "c".repeat(40), files: { "addresses.lock.json": "{ }\n" } };
  expect(await propose(later)).toBe("updated");
  const second = github.refs[`refs/heads/${branch}`]!;
  expect(github.commits[second]).toMatchObject({ parents: [later.commit], files: later.files });
  expect(github.proposals).toHaveLength(1);
  expect(pull!.body).toContain(later.commit);

  pull!.state = "closed";
  expect(await propose()).toBe("created");
});

test("nothing is proposed without changes, and nothing but the lock and the records", async () => {
  expect(await propose({ files: {} })).toBe("none");
  await expect(propose({ files: { ...files, ".github/workflows/deploy.yml": "" } })).rejects.toThrow(
    ".github/workflows/deploy.yml: a proposal may only change addresses.lock.json and apps/*/stacks.lock.json",
  );
  expect(github.requests).toEqual([]);
});
