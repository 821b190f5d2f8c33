import { autoscaler } from "./fixture";

jest.mock("../../src/construct/lambda-archive", () => ({
  archiveFault: () => "the code is damaged; build it",
}));

test("an archive with a fault stops synth, at the construct's path", () => {
  expect(() => autoscaler()).toThrow(
    "prod-payments-autoscaler/autoscaler/function/bundle: the code is damaged; build it",
  );
});
