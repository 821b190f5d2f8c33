import { CdktfOutput } from "../../src/environments/cdktf-output";

const printed = `
⠸  Synthesizing
\u001b[2K\u001b[1A\u001b[2K\u001b[GWARN [dev-apps/cluster]: nobody has access to this cluster

1 Stack deploying     0 Stacks done     1 Stack waiting
dev-apps-network  aws_vpc.network: Creating...
dev-apps  aws_eks_cluster.cluster: Creating...
          Apply complete! Resources: 19 added, 1 changed, 0 destroyed.

dev-apps-network  ╷
                  │ Error: creating aws_subnet: api error InvalidSubnet.Conflict: it conflicts
                  │
                  │   with aws_subnet.node,
                  ╵
⠦  Processing
`;

test("says which stacks are deployed and what was warned of, however the output is cut", () => {
  for (const size of [1, 7, printed.length]) {
    const output = new CdktfOutput();
    const pieces = printed.match(new RegExp(`[^]{1,${size}}`, "g"))!.map((piece) => output.read(piece));
    expect(pieces.flatMap(({ applied }) => applied)).toEqual([
      { stack: "dev-apps", added: 19, changed: 1, destroyed: 0 },
    ]);
    expect(pieces.flatMap(({ warnings }) => warnings)).toEqual([
      "dev-apps/cluster: nobody has access to this cluster",
    ]);
  }
});

test("says which stacks are destroyed", () => {
  const { applied } = new CdktfOutput().read("dev-apps  Destroy complete! Resources: 19 destroyed.\n");
  expect(applied).toEqual([{ stack: "dev-apps", added: 0, changed: 0, destroyed: 19 }]);
});

test("joins a line that came in two pieces", () => {
  const output = new CdktfOutput();
  expect(output.read("dev-apps  Apply complete! Resources: 2 ad\n").applied).toEqual([]);
  expect(output.read("dev-search  Creating...\ndev-apps  ded, 0 changed, 0 destroyed.\n").applied).toEqual([
    { stack: "dev-apps", added: 2, changed: 0, destroyed: 0 },
  ]);
});

test("shows the error, of the stack that has one", () => {
  const output = new CdktfOutput();
  output.read(printed);
  expect(output.failure()).toMatch(
    /^dev-apps-network\n {2}Error: creating aws_subnet: api error InvalidSubnet/,
  );
  expect(output.failure()).not.toContain("aws_eks_cluster");
});

test("shows each error once, without what the CLI and Node say about it", () => {
  const output = new CdktfOutput();
  output.read(printed);
  output.read(printed);
  output.read("dev-apps  Invoking Terraform CLI failed with exit code 1\n");
  output.read("(node:12) UnhandledPromiseRejectionWarning: Invoking Terraform CLI failed\n");
  expect(output.failure().split("\n")).toEqual([
    "dev-apps-network",
    "  Error: creating aws_subnet: api error InvalidSubnet.Conflict: it conflicts",
    "",
    "    with aws_subnet.node,",
  ]);
});

test("shows the last lines of a failure without an error in it", () => {
  const output = new CdktfOutput();
  output.read(`${Array.from({ length: 40 }, (_, at) => `line ${at + 1}`).join("\n")}\n`);
  expect(output.failure().split("\n")).toEqual(Array.from({ length: 15 }, (_, at) => `line ${at + 26}`));
});
