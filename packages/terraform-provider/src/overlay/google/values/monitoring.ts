import { type TypeOverlay } from "../../../schema/overlay";

const REDUCERS = [
  "REDUCE_NONE",
  "REDUCE_MEAN",
  "REDUCE_MIN",
  "REDUCE_MAX",
  "REDUCE_SUM",
  "REDUCE_STDDEV",
  "REDUCE_COUNT",
  "REDUCE_COUNT_TRUE",
  "REDUCE_COUNT_FALSE",
  "REDUCE_FRACTION_TRUE",
  "REDUCE_PERCENTILE_99",
  "REDUCE_PERCENTILE_95",
  "REDUCE_PERCENTILE_50",
  "REDUCE_PERCENTILE_05",
  "",
];
const ALIGNERS = [
  "ALIGN_NONE",
  "ALIGN_DELTA",
  "ALIGN_RATE",
  "ALIGN_INTERPOLATE",
  "ALIGN_NEXT_OLDER",
  "ALIGN_MIN",
  "ALIGN_MAX",
  "ALIGN_MEAN",
  "ALIGN_COUNT",
  "ALIGN_SUM",
  "ALIGN_STDDEV",
  "ALIGN_COUNT_TRUE",
  "ALIGN_COUNT_FALSE",
  "ALIGN_FRACTION_TRUE",
  "ALIGN_PERCENTILE_99",
  "ALIGN_PERCENTILE_95",
  "ALIGN_PERCENTILE_50",
  "ALIGN_PERCENTILE_05",
  "ALIGN_PERCENT_CHANGE",
  "",
];
const MISSING_DATA = [
  "EVALUATION_MISSING_DATA_INACTIVE",
  "EVALUATION_MISSING_DATA_ACTIVE",
  "EVALUATION_MISSING_DATA_NO_OP",
  "",
];
const COMPARISONS = [
  "COMPARISON_GT",
  "COMPARISON_GE",
  "COMPARISON_LT",
  "COMPARISON_LE",
  "COMPARISON_EQ",
  "COMPARISON_NE",
];

/** Values that alerts and their channels accept, and spellings that mean the same. */
export const monitoringValues: Readonly<Record<string, TypeOverlay>> = {
  google_monitoring_alert_policy: {
    checks: {
      oneOf: {
        combiner: ["AND", "OR", "AND_WITH_MATCHING_RESOURCE"],
        "conditions.condition_absent.aggregations.cross_series_reducer": REDUCERS,
        "conditions.condition_absent.aggregations.per_series_aligner": ALIGNERS,
        "conditions.condition_monitoring_query_language.evaluation_missing_data": MISSING_DATA,
        "conditions.condition_sql.row_count_test.comparison": COMPARISONS,
        "conditions.condition_threshold.comparison": COMPARISONS,
        "conditions.condition_threshold.aggregations.cross_series_reducer": REDUCERS,
        "conditions.condition_threshold.aggregations.per_series_aligner": ALIGNERS,
        "conditions.condition_threshold.denominator_aggregations.cross_series_reducer": REDUCERS,
        "conditions.condition_threshold.denominator_aggregations.per_series_aligner": ALIGNERS,
        "conditions.condition_threshold.evaluation_missing_data": MISSING_DATA,
        "alert_strategy.notification_prompts": ["NOTIFICATION_PROMPT_UNSPECIFIED", "OPENED", "CLOSED"],
        severity: ["CRITICAL", "ERROR", "WARNING", ""],
      },
    },
    suppress: {
      "conditions.condition_absent.aggregations.cross_series_reducer": "default REDUCE_NONE",
      "conditions.condition_threshold.aggregations.cross_series_reducer": "default REDUCE_NONE",
      "conditions.condition_threshold.denominator_aggregations.cross_series_reducer": "default REDUCE_NONE",
    },
  },
};
