import { nodeAccountId } from "../../src/cluster/node-service-account";

describe("the account id of a cluster's nodes", () => {
  test("is the cluster's name if it fits into IAM's 30 characters", () => {
    expect(nodeAccountId("prod-search")).toBe("gke-prod-search");
  });

  test("has at most 30 characters and is unique for long names with the same prefix", () => {
    const [first, second] = ["production-search-europe-west3-a", "production-search-europe-west3-b"].map(
      nodeAccountId,
    );

    expect(first).toMatch(/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/);
    expect(first).not.toBe(second);
  });
});
