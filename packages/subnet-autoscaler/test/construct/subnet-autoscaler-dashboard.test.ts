import { SubnetAutoscalerDashboard } from "../../src";
import { METRICS } from "../../src/runtime/report/metrics";
import { autoscaler, contract, only, resources } from "./fixture";

interface Widget {
  readonly type: string;
  readonly properties: {
    readonly query?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly [{ readonly expression: string }][];
  };
}

function widgetsOf(clusters: number): readonly Widget[] {
  const stacks = Array.from({ length: clusters }, () => autoscaler());
  new SubnetAutoscalerDashboard(stacks[0]!, "dashboard", {
    autoscalers: stacks.map((stack) => stack.autoscaler),
  });
  const { dashboard_body } = only(stacks[0]!, "aws_cloudwatch_dashboard");
  return (JSON.parse(String(dashboard_body)) as { widgets: Widget[] }).widgets;
}

test("an autoscaler has no dashboard of its own", () => {
  expect(resources(autoscaler(), "aws_cloudwatch_dashboard")).toEqual({});
});

test("the dashboard shows every metric by search, so that it shows clusters that are deployed later", () => {
  const searches = widgetsOf(1).flatMap(({ properties }) => properties.metrics ?? []);
  const text = searches.map(([{ expression }]) => expression).join("\n");
  for (const metric of METRICS)
    expect(text).toContain(`SEARCH('{ClusterIpam/SubnetAutoscaler,Cluster} MetricName="${metric}"'`);
});

test("the dashboard shows every zone and every alarm of the given autoscalers", () => {
  const [alarms, ...widgets] = widgetsOf(2);
  const { name } = autoscaler().autoscaler;
  const names = ["heartbeat", "short-zones", "advice", "not-running"];
  const arns = names.map((id) => `arn:aws:cloudwatch:eu-central-1:333333333333:alarm:${name}-${id}`);
  expect(alarms!.properties.alarms).toEqual([...arns, ...arns]);

  const queries = widgets.flatMap(({ properties: { query } }) => query ?? []);
  expect(queries).toHaveLength(4);
  for (const query of queries) {
    expect(query).toContain(`SOURCE '/aws/lambda/${name}' | filter Cluster = 'prod-payments' | stats `);
    for (const zone of contract.network.addresses.zones) expect(query).toContain(`min(\`zones.${zone}.`);
  }
});

test.each([0, 51])("a dashboard of %d autoscalers is rejected", (clusters) => {
  const stack = autoscaler();
  const autoscalers = Array.from({ length: clusters }, () => stack.autoscaler);
  expect(() => new SubnetAutoscalerDashboard(stack, "dashboard", { autoscalers })).toThrow(
    `prod-payments-autoscaler/dashboard: autoscalers has ${clusters} entries; use 1 to 50`,
  );
});
