/** EC2 is eventually consistent, so its reads are polled after a change, this many times. */
export const POLL_ATTEMPTS = 6;
/** Milliseconds between two polls. */
export const POLL_INTERVAL = 1_000;
