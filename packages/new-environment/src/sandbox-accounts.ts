/** The network's own account in the sandbox. */
const NETWORK_ACCOUNT = "111111111111";

/**
 * Adds a placeholder account for an environment: valid in the sandbox, owned by no one on AWS.
 *
 * @param accounts account ids by environment
 * @returns the accounts with a unique one for the environment, 12 digits
 */
export function withSandboxAccount(
  accounts: Readonly<Record<string, string>>,
  name: string,
): Readonly<Record<string, string>> {
  const taken = new Set([NETWORK_ACCOUNT, ...Object.values(accounts)]);
  const free = (numbers: readonly string[]) => numbers.find((account) => !taken.has(account));
  const repeatedDigits = Array.from({ length: 9 }, (_unused, digit) => String(digit + 1).repeat(12));
  const consecutive = Array.from({ length: taken.size + 1 }, (_unused, at) => String(100_000_000_001 + at));
  return { ...accounts, [name]: accounts[name] ?? free(repeatedDigits) ?? free(consecutive)! };
}
