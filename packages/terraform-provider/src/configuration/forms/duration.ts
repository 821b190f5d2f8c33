/** Whether a text is a duration as Go writes it: `1h30m`, `1.5s`, `0`. */
export function isDuration(text: string): boolean {
  return /^[+-]?(0|((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/.test(text);
}
