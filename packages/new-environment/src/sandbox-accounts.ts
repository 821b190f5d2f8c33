/** The account of the network itself in the sandbox. */
const NETWORK_ACCOUNT = "111111111111";

/**
 * Gives an environment an account that is nobody's: enough for the sandbox, refused by AWS.
 *
 * @param accounts account by environment
 * @returns the same with the environment's, 12 digits that no other has
 */
export function withSandboxAccount(
  accounts: Readonly<Record<string, string>>,
  name: string,
): Readonly<Record<string, string>> {
  const taken = new Set([NETWORK_ACCOUNT, ...Object.values(accounts)]);
  const free = (numbers: readonly string[]) => numbers.find((account) => !taken.has(account));
  const repeated = Array.from({ length: 9 }, (_unused, digit) => String(digit + 1).repeat(12));
  const counted = Array.from({ length: taken.size + 1 }, (_unused, at) => String(100_000_000_001 + at));
  return { ...accounts, [name]: accounts[name] ?? free(repeated) ?? free(counted)! };
}
