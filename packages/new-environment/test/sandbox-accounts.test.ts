import { withSandboxAccount } from "../src/sandbox-accounts";

test("every environment gets a unique account", () => {
  let accounts: Readonly<Record<string, string>> = { dev: "222222222222", prod: "333333333333" };
  for (let at = 0; at < 12; at++) accounts = withSandboxAccount(accounts, `lab-${at}`);
  expect(accounts["lab-0"]).toBe("444444444444");
  expect(new Set(["111111111111", ...Object.values(accounts)]).size).toBe(15);
  for (const account of Object.values(accounts)) expect(account).toMatch(/^\d{12}$/);
  expect(withSandboxAccount(accounts, "lab-3")).toEqual(accounts);
});
