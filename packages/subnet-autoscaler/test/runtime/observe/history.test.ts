import { History } from "../../../src/runtime";

const at = (minute: number): number => minute * 60_000;

test("the rate is the net growth, including a burst in the last minutes", () => {
  const history = new History();
  expect(history.rate("a")).toBeUndefined();
  for (let minute = 0; minute <= 25; minute++) history.record("a", at(minute), 100);
  expect(history.rate("a")).toBe(0);
  for (let minute = 26; minute <= 30; minute++) history.record("a", at(minute), 100 + 10 * (minute - 25));
  expect(history.rate("a")).toBe(10);
  history.record("a", at(31), 0);
  expect(history.rate("a")).toBe(0);
});

test("the history restarts if the clock moves backwards", () => {
  const history = new History();
  history.record("a", at(100), 500);
  history.record("a", at(10), 20);
  expect(history.rate("a")).toBeUndefined();
  history.record("a", at(12), 30);
  expect(history.rate("a")).toBe(5);
});
