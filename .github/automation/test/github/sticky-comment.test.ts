import { connect } from "../../src/github/repository-api";
import { stickyComment } from "../../src/github/sticky-comment";
import { FakeGitHub, type FakeIssue } from "./fake-github";

let github: FakeGitHub;
let pullRequest: FakeIssue;
beforeEach(async () => {
  github = await FakeGitHub.start();
  pullRequest = github.issue({ number: 7, pull_request: {} });
});
afterEach(() => github.stop());

const put = async (body: string) => stickyComment(await connect(github.env), 7, body);
const bodies = () => pullRequest.comments.map(({ body }) => body);

test("one comment is created and then updated in place, among many others", async () => {
  for (let other = 0; other < 5; other++)
    github.comment(pullRequest, { body: `looks good ${other}`, user: { type: "User" } });
  expect(await put("<!-- mark:dev -->\nfirst")).toBe("created");
  expect(await put("<!-- mark:dev -->\nfirst\n")).toBe("unchanged");
  expect(await put("<!-- mark:dev -->\nsecond")).toBe("updated");
  expect(await put("<!-- mark:prod -->\nother")).toBe("created");
  expect(bodies().slice(5)).toEqual(["<!-- mark:dev -->\nsecond", "<!-- mark:prod -->\nother"]);
});

test("a comment by a person is not changed, even with the marker", async () => {
  github.comment(pullRequest, { body: "<!-- mark:dev -->\nmine", user: { type: "User" } });
  expect(await put("<!-- mark:dev -->\nplan")).toBe("created");
  expect(bodies()).toEqual(["<!-- mark:dev -->\nmine", "<!-- mark:dev -->\nplan"]);
});

test("different line endings are not a change", async () => {
  github.comment(pullRequest, { body: "<!-- mark:dev -->\r\nplan", user: { type: "Bot" } });
  expect(await put("<!-- mark:dev -->\nplan\n")).toBe("unchanged");
});

test("a text without a marker is rejected, because every push would post it again", async () => {
  await expect(put("plan")).rejects.toThrow(
    'the comment starts with "plan" instead of a hidden marker; add one as the first line',
  );
  expect(github.requests).toEqual([]);
});

test("an error from GitHub becomes one sentence with the request", async () => {
  github.refusal = [403, { message: "Resource not accessible by integration" }];
  await expect(put("<!-- mark:dev -->\nplan")).rejects.toThrow(
    /^GitHub rejected GET \/repos\/\{owner\}\/\{repo\}\/issues\/\{issue_number\}\/comments: 403 Resource not accessible by integration.*; check the job's permissions$/,
  );
});

test("a missing variable is named", async () => {
  await expect(connect({ ...github.env, GITHUB_TOKEN: "" })).rejects.toThrow(
    "GITHUB_TOKEN is not set; it is the workflow's token: pass `github.token` to the step",
  );
});
