import { main } from "../cli/sandbox";

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
