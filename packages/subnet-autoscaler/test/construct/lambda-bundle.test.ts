import { autoscaler } from "./fixture";

jest.mock("../../src/construct/runtime-sources", () => ({
  runtimeDigest: () => "digest of edited sources",
}));

test("code that is older than its sources is rejected", () => {
  expect(() => autoscaler()).toThrow(
    "prod-payments-autoscaler/autoscaler/function/bundle: the function code, dist/lambda of @cluster-ipam/subnet-autoscaler, is older than src/runtime; run npm run build",
  );
});
