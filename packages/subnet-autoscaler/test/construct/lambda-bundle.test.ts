import { autoscaler } from "./fixture";

jest.mock("../../src/construct/runtime-sources", () => ({
  runtimeDigest: () => "of sources that were edited",
}));

test("code that is older than its sources is not deployed", () => {
  expect(() => autoscaler()).toThrow(
    "prod-payments-autoscaler/autoscaler/function/bundle: the code of the function, dist/lambda of @cluster-ipam/subnet-autoscaler, is older than src/runtime; run npm run build",
  );
});
