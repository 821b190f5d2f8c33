import { type Review } from "../review/review";
import { describeDiagnostic } from "../terraform/diagnostic";

/** Lines that say why an environment, or some of its stacks, could not be planned; empty if everything was planned. */
export function planningFailures({ failure, stacks }: Pick<Review, "failure" | "stacks">): string[] {
  const messages = [
    ...(failure === undefined ? [] : [`${failure.target} failed`, failure.message]),
    ...stacks.flatMap((outcome) =>
      outcome.planned
        ? []
        : [
            `${outcome.stack}: terraform ${outcome.command} failed`,
            ...outcome.diagnostics.map((diagnostic) => describeDiagnostic(diagnostic)),
          ],
    ),
  ];
  return messages.flatMap((message) => message.split("\n"));
}
