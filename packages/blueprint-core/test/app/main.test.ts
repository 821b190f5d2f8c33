import { main, ValidationError } from "../../src";

function failing(error: unknown): { output: string; exitCode: unknown } {
  const written: string[] = [];
  const write = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  try {
    main(() => {
      throw error;
    });
    return { output: written.join(""), exitCode: process.exitCode };
  } finally {
    write.mockRestore();
    process.exitCode = undefined;
  }
}

const debug = process.env["DEBUG"];
beforeEach(() => delete process.env["DEBUG"]);
afterAll(() => {
  if (debug !== undefined) process.env["DEBUG"] = debug;
});

test("runs the composition", () => {
  const compose = jest.fn();
  main(compose);
  expect(compose).toHaveBeenCalledTimes(1);
  expect(process.exitCode).toBeUndefined();
});

test("prints one sentence and fails", () => {
  expect(failing(new ValidationError("prod-eks/network", "10.0.0.0/30 is too small; use /28"))).toEqual({
    output: "prod-eks/network: 10.0.0.0/30 is too small; use /28\n",
    exitCode: 1,
  });
  expect(failing(new Error("Validation failed:\n  [a] no network\n  [b] no region")).output).toBe(
    "Validation failed: [a] no network [b] no region\n",
  );
  expect(failing("text").output).toBe("text\n");
});

test("shows the path of a value that a schema rejects", () => {
  const issues = [
    { path: ["aws", "accountId"], message: "must have 12 digits" },
    { path: [], message: "unknown key region" },
  ];
  const error = Object.assign(new Error(JSON.stringify(issues, null, 2)), { issues });
  expect(failing(error).output).toBe("aws.accountId: must have 12 digits; unknown key region\n");
});

test("shows the stack trace if DEBUG is set", () => {
  process.env["DEBUG"] = "1";
  expect(failing(new Error("broken")).output).toMatch(/^Error: broken\n +at /);
});
