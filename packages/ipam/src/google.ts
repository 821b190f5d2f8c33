export { GoogleInternalRanges, type GoogleInternalRangesProps } from "./google-internal-ranges";
