import { RememberedAnswers } from "../../src/plugin/remembered-answers";
import { type CallName } from "../../src/plugin/descriptor";

/** Calls of one provider that answer how often they were carried out. */
function counting() {
  const answers = new RememberedAnswers();
  let carriedOut = 0;
  const count = async () => Buffer.from([++carriedOut]);
  return async (name: CallName, request: string) => (await answers.of(name, count)(Buffer.from(request)))[0];
}

test("the same configuration is validated and planned once", async () => {
  const call = counting();
  expect(await call("PlanResourceChange", "a")).toBe(1);
  expect(await call("PlanResourceChange", "a")).toBe(1);
  expect(await call("ValidateResourceTypeConfig", "a")).toBe(2);
  expect(await call("PlanResourceChange", "b")).toBe(3);
});

test("what asks the cloud is carried out every time", async () => {
  const call = counting();
  expect(await call("ReadResource", "a")).toBe(1);
  expect(await call("ReadResource", "a")).toBe(2);
});

test.each(["Configure", "GetSchema"] as const)("%s may change every answer", async (change) => {
  const call = counting();
  expect(await call("PlanResourceChange", "a")).toBe(1);
  await call(change, "");
  expect(await call("PlanResourceChange", "a")).toBe(3);
});

test("an error is not remembered", async () => {
  const answers = new RememberedAnswers();
  const results = [() => Promise.reject(new Error("busy")), async () => Buffer.from([1])];
  const call = answers.of("PlanResourceChange", () => results.shift()!());
  await expect(call(Buffer.alloc(0))).rejects.toThrow("busy");
  expect(await call(Buffer.alloc(0))).toEqual(Buffer.from([1]));
});
