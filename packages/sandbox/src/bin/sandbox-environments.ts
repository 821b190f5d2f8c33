import { main } from "../environments/command";

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
