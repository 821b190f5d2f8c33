import { type TypeOverlay } from "../../schema/overlay";

const statistics = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

const units = [
  "Seconds",
  "Microseconds",
  "Milliseconds",
  "Bytes",
  "Kilobytes",
  "Megabytes",
  "Gigabytes",
  "Terabytes",
  "Bits",
  "Kilobits",
  "Megabits",
  "Gigabits",
  "Terabits",
  "Percent",
  "Count",
  "Bytes/Second",
  "Kilobytes/Second",
  "Megabytes/Second",
  "Gigabytes/Second",
  "Terabytes/Second",
  "Bits/Second",
  "Kilobits/Second",
  "Megabits/Second",
  "Gigabits/Second",
  "Terabits/Second",
  "Count/Second",
  "None",
];

/** Facts about logs, alarms and dashboards. */
export const monitoring: Readonly<Record<string, TypeOverlay>> = {
  aws_cloudwatch_log_group: {
    computed: ["log_group_class", "name", "name_prefix", "deletion_protection_enabled"],
    forceNew: ["log_group_class", "name", "name_prefix"],
    defaults: { retention_in_days: 0, skip_destroy: false },
    checks: {
      conflicts: { name: ["name_prefix"] },
      oneOf: {
        log_group_class: ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"],
        retention_in_days: [
          0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
          3288, 3653,
        ],
      },
      length: { name: [null, 512], name_prefix: [null, 483] },
      matches: { name: "^[0-9A-Za-z_/#.-]+$", name_prefix: "^[0-9A-Za-z_/#.-]+$" },
    },
  },
  aws_cloudwatch_metric_alarm: {
    fractional: ["threshold"],
    version: 1,
    computed: ["evaluate_low_sample_count_percentiles"],
    forceNew: ["alarm_name"],
    optional: ["comparison_operator", "evaluation_periods"],
    defaults: {
      actions_enabled: true,
      treat_missing_data: "missing",
      "metric_query.return_data": false,
    },
    added: {
      evaluation_criteria: {
        nesting: "list",
        block: {
          attributes: {},
          blocks: {
            promql_criteria: {
              nesting: "list",
              block: {
                attributes: {
                  pending_period: { type: "number", optional: true },
                  query: { type: "string", required: true },
                  recovery_period: { type: "number", optional: true },
                },
                blocks: {},
              },
              maxItems: 1,
              minItems: 1,
            },
          },
        },
        maxItems: 1,
        since: "6.45.0",
      },
      evaluation_interval: { type: "number", optional: true, since: "6.45.0" },
      warm_up_configuration: {
        nesting: "list",
        block: {
          attributes: {
            only_start_evaluating_after_warm_up_period_ends: { type: "bool", optional: true },
            warm_up_period_duration_in_minutes: { type: "number", required: true },
          },
          blocks: {},
        },
        maxItems: 1,
        since: "6.64.0",
      },
    },
    checks: {
      conflicts: {
        dimensions: ["metric_query"],
        extended_statistic: ["metric_query", "statistic"],
        metric_name: ["metric_query"],
        metric_query: ["namespace", "period", "statistic"],
        threshold: ["threshold_metric_id"],
      },
      length: {
        alarm_description: [0, 1024],
        alarm_name: [1, 255],
        metric_name: [1, 255],
        namespace: [1, 255],
        threshold_metric_id: [1, 255],
        "metric_query.account_id": [1, 255],
        "metric_query.expression": [1, 1024],
        "metric_query.id": [1, 255],
        "metric_query.metric.metric_name": [1, 255],
        "metric_query.metric.namespace": [1, 255],
      },
      oneOf: {
        comparison_operator: [
          "GreaterThanOrEqualToThreshold",
          "GreaterThanThreshold",
          "LessThanThreshold",
          "LessThanOrEqualToThreshold",
          "LessThanLowerOrGreaterThanUpperThreshold",
          "LessThanLowerThreshold",
          "GreaterThanUpperThreshold",
        ],
        evaluate_low_sample_count_percentiles: ["evaluate", "ignore"],
        statistic: statistics,
        treat_missing_data: ["breaching", "ignore", "missing", "notBreaching"],
        unit: units,
        "metric_query.metric.stat": statistics,
        "metric_query.metric.unit": units,
      },
      between: { datapoints_to_alarm: [1, null], evaluation_periods: [1, null] },
      matches: { namespace: "^[^:].*", "metric_query.metric.namespace": "^[^:].*" },
      forms: {
        period: "alarm-period",
        "metric_query.metric.period": "metric-period",
        extended_statistic: "extended-statistic",
      },
      arn: ["alarm_actions", "insufficient_data_actions", "ok_actions"],
    },
  },
  aws_cloudwatch_dashboard: {
    suppress: { dashboard_body: "json" },
    normalize: { dashboard_body: "json" },
    forceNew: ["dashboard_name"],
    checks: {
      json: ["dashboard_body"],
      matches: { dashboard_name: "^[0-9A-Za-z_-]+$" },
      length: { dashboard_name: [null, 255] },
    },
  },
};
