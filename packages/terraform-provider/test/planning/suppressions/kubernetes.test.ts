import { unconfigured } from "../../../src/configuration/settings";
import { kubernetesSuppressions } from "../../../src/planning/suppressions/kubernetes";

const isSame = (prior: string, planned: string) =>
  kubernetesSuppressions["quantity"]!(prior, planned, {
    key: "spec.0.hard.cpu",
    prior: {},
    proposed: {},
    settings: unconfigured,
  });

test.each([
  ["1", "1000m"],
  ["0.5", "500m"],
  ["1Gi", "1024Mi"],
  ["1e3", "1k"],
  ["1073741824", "1Gi"],
])("%s and %s are the same amount", (prior, planned) => {
  expect(isSame(prior, planned)).toBe(true);
});

test.each([
  ["1", "1001m"],
  ["1G", "1Gi"],
  ["1", ""],
  ["", ""],
  ["x", "x"],
])("%j and %j are not", (prior, planned) => {
  expect(isSame(prior, planned)).toBe(false);
});
