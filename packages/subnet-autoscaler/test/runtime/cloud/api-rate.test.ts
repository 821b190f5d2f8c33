import { EC2Client } from "@aws-sdk/client-ec2";
import { ApiRate } from "../../../src/runtime/cloud/api-rate";

/** A clock whose time passes while someone sleeps. */
function sleepingClock() {
  let time = 0;
  return {
    now: () => time,
    sleep: async (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

class DescribeSubnetsCommand {
  constructor(readonly caller: string) {}
}
class CreateSubnetCommand extends DescribeSubnetsCommand {}

function limited(rate: ApiRate, caller: string, done: string[], signal = new AbortController().signal) {
  const send = async (command: DescribeSubnetsCommand) => void done.push(command.caller);
  const client = Object.assign(Object.create(EC2Client.prototype) as EC2Client, { send });
  const slow = rate.limit(client, caller, signal) as unknown as { send(command: object): Promise<void> };
  return (Command: typeof DescribeSubnetsCommand) => slow.send(new Command(caller));
}

const rates = { reading: { burst: 2, perSecond: 4 }, changing: { burst: 1, perSecond: 1 } };

test("a burst passes at once, then the rate holds; each action has its own", async () => {
  const clock = sleepingClock();
  const call = limited(new ApiRate(rates, clock), "a", []);
  await Promise.all([1, 2].map(() => call(DescribeSubnetsCommand)));
  expect(clock.now()).toBe(0);
  await Promise.all([1, 2, 3, 4].map(() => call(DescribeSubnetsCommand)));
  expect(clock.now()).toBe(1000);
  await call(CreateSubnetCommand);
  expect(clock.now()).toBe(1000);
  await call(CreateSubnetCommand);
  expect(clock.now()).toBe(2000);
});

test("callers take turns, however many calls one has", async () => {
  const done: string[] = [];
  const rate = new ApiRate(rates, sleepingClock());
  const [a, b, c] = ["a", "b", "c"].map((caller) => limited(rate, caller, done)) as [
    ReturnType<typeof limited>,
    ReturnType<typeof limited>,
    ReturnType<typeof limited>,
  ];
  const calls = [a, a, a, a, a, b, b, c];
  await Promise.all(calls.map((call) => call(DescribeSubnetsCommand)));
  // Two pass at once, then each has its turn.
  expect(done.join("")).toBe("aaabcaba");
});

test("a call whose run ends while it waits is not made", async () => {
  const done: string[] = [];
  const end = new AbortController();
  end.abort();
  const call = limited(new ApiRate(rates, sleepingClock()), "a", done, end.signal);
  await expect(call(DescribeSubnetsCommand)).rejects.toMatchObject({ name: "AbortError" });
  expect(done).toEqual([]);
});
