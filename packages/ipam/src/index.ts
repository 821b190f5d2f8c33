export * from "./aws";
export * from "./google";
