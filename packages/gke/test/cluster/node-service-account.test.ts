import { nodeAccountId } from "../../src/network/google-name";

describe("the account id of a cluster's nodes", () => {
  test("is the cluster's name while that fits into IAM's 30 characters", () => {
    expect(nodeAccountId("prod-search")).toBe("gke-prod-search");
  });

  test("stays within 30 characters and apart for long names that begin alike", () => {
    const [first, second] = ["production-search-europe-west3-a", "production-search-europe-west3-b"].map(
      nodeAccountId,
    );

    expect(first).toMatch(/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/);
    expect(first).not.toBe(second);
  });
});
