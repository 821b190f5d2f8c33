import { type AutoscalerConfig } from "../config/config";
import { CREATED_TAG, parseTime, WRITER_TAG } from "../network/tags";
import { type Observation } from "../observe/observation";
import { type Advice } from "./decision";
import { minutesSince } from "./elapsed";

/** Minutes for which an autoscaler that created a subnet is taken to be running. */
const ALIVE_MINUTES = 60;

/**
 * Another autoscaler that creates growth subnets of this cluster: an older version, or a copy in another Region. Of two that
 * have names, the one whose recent subnets began earlier goes on. An older version has none, and is not told from this
 * autoscaler before its upgrade until it creates a subnet after this one did.
 */
export function secondAutoscaler(
  { subnets, now }: Observation,
  config: AutoscalerConfig,
): Advice | undefined {
  const { writer } = config;
  if (writer === undefined) return undefined;
  const created = subnets
    .filter(({ owned }) => owned)
    .map(({ cidr, tags }) => ({ cidr, writer: tags[WRITER_TAG], at: parseTime(tags[CREATED_TAG]) ?? 0 }))
    .sort((a, b) => a.at - b.at || ((a.writer ?? "") < (b.writer ?? "") ? -1 : 1));
  const since = created.find((subnet) => subnet.writer === writer)?.at ?? Infinity;
  const recent = created.filter(({ at }) => (minutesSince(at, now) ?? Infinity) < ALIVE_MINUTES);
  const [first] = recent.filter((subnet) => subnet.writer !== undefined);
  const other =
    first !== undefined && first.writer !== writer
      ? first
      : recent.find((subnet) => subnet.writer === undefined && subnet.at > since);
  if (other === undefined) return undefined;
  const name = other.writer ?? "an autoscaler of an earlier version";
  return {
    action: "none",
    cause: "second-autoscaler",
    reason: `${other.cidr} was created by ${name}, not by ${writer}, less than ${ALIVE_MINUTES} minutes ago`,
    advice: `destroy one of the two autoscalers; this one changes nothing until the other has created no subnet for ${ALIVE_MINUTES} minutes`,
  };
}
