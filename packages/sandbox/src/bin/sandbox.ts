import { main } from "../cli/sandbox";
import { optimizeLate } from "../late-optimization";

optimizeLate();
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
