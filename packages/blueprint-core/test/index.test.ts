import type * as blueprintCore from "../src";

test("loads no provider bindings: a composition loads only the clouds it uses", () => {
  jest.isolateModules(() => {
    for (const provider of ["aws/lib/provider", "google/lib/provider", "google/lib/container-cluster"]) {
      jest.doMock(`@cdktf/provider-${provider}`, () => {
        throw new Error(`${provider} is loaded`);
      });
    }
    const core = jest.requireActual<typeof blueprintCore>("../src");
    expect(core.BlueprintApp.name).toBe("BlueprintApp");
    expect(() => jest.requireActual<object>("../src/aws")).toThrow("aws/lib/provider is loaded");
  });
});
