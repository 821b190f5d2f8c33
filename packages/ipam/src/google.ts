export { GoogleInternalRanges, type GoogleInternalRangesProps } from "./google/google-internal-ranges";
