/** Ends the process on a Node version that is not supported. */
export {};
