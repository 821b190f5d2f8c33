import type * as blueprintCore from "../src";

test("loads a provider's bindings at their first use", () => {
  jest.isolateModules(() => {
    const loaded: string[] = [];
    for (const module of ["aws/lib/subnet", "google/lib/container-cluster"]) {
      jest.doMock(`@cdktf/provider-${module}`, () => {
        loaded.push(module);
        return jest.requireActual<object>(`@cdktf/provider-${module}`);
      });
    }
    const core = jest.requireActual<typeof blueprintCore>("../src");
    expect(loaded).toEqual([]);
    expect(core.Subnet.name).toBe("Subnet");
    expect(loaded).toEqual(["aws/lib/subnet"]);
  });
});
