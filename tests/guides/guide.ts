import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { parseDocument } from "yaml";
import { type Checkout } from "../checkout";
import { codeBlocks } from "../docs/code-blocks";

/** Pages commit without the reader's identity. */
const author = {
  GIT_AUTHOR_NAME: "test",
  GIT_AUTHOR_EMAIL: "test@example.org",
  GIT_COMMITTER_NAME: "test",
  GIT_COMMITTER_EMAIL: "test@example.org",
};

const docs = join(__dirname, "../../docs");

/**
 * Follows a page in a checkout, block by block. `sh` runs, `sh fails` runs and has to fail; the lines of a `text` block
 * have to stand in what the last command printed, `…` for anything. `diff <file>` edits a file, `yaml <file>` sets what
 * it names in one.
 *
 * @param values what the page's examples stand for, for example the id of a VPC
 * @throws Error that quotes the block
 */
export async function follow(
  page: string,
  checkout: Checkout,
  values: Readonly<Record<string, string>> = {},
): Promise<void> {
  let printed = "";
  for (const { language, file, text } of codeBlocks(join(docs, page))) {
    const block = Object.entries(values).reduce((all, [name, value]) => all.replaceAll(name, value), text);
    if (language === "sh") printed = await run(checkout, block, file === "fails");
    else if (language === "text") expectPrinted(block, printed);
    else if (language === "diff") edit(checkout.path(file!), block);
    else if (language === "yaml") set(checkout.path(file!), block);
    // A reader copies it to another place; another test holds the page to it.
    else if (language === "json") continue;
    else throw new Error(`${page}: no runner for blocks of ${language}`);
  }
}

function run(checkout: Checkout, commands: string, fails: boolean): Promise<string> {
  const { FORCE_COLOR: _colour, ...inherited } = process.env;
  const env = {
    ...inherited,
    NO_COLOR: "1",
    NX_DAEMON: "false",
    CHECKPOINT_DISABLE: "1",
    CI: "true",
    ...author,
  };
  return new Promise((resolve, reject) => {
    const options = { cwd: checkout.folder, env, maxBuffer: 2 ** 28 };
    execFile("bash", ["-euo", "pipefail", "-c", commands], options, (error, stdout, stderr) => {
      if ((error !== null) === fails) resolve(stdout + stderr);
      else
        reject(new Error(`${fails ? "This should fail" : "This fails"}:\n${commands}\n${stdout}${stderr}`));
    });
  });
}

function expectPrinted(expected: string, printed: string): void {
  // Terminals break lines where they end; what counts is what is said.
  const plain = (text: string) => stripVTControlCharacters(text).replace(/\s+/g, " ").trim();
  for (const line of expected.split("\n").filter((each) => each.trim() !== "")) {
    const parts = plain(line)
      .split(/ ?… ?/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    if (!new RegExp(parts.join(".*?")).test(plain(printed)))
      throw new Error(`The page shows\n${line}\nbut this was printed:\n${printed}`);
  }
}

/** Changes a file as a diff without line numbers says. */
function edit(path: string, diff: string): void {
  const lines = diff.split("\n").slice(0, -1);
  const side = (sign: string) =>
    lines
      .filter((line) => line.startsWith(sign) || line.startsWith(" ") || line === "")
      .map((line) => line.slice(1))
      .join("\n");
  const text = readFileSync(path, "utf8");
  if (text.split(side("-")).length !== 2) throw new Error(`${path} has not once:\n${side("-")}`);
  writeFileSync(
    path,
    text.replace(side("-"), () => side("+")),
  );
}

/** Sets what a piece of YAML names. */
function set(path: string, piece: string): void {
  const document = parseDocument(readFileSync(path, "utf8"));
  const assign = (at: readonly string[], value: unknown): void => {
    if (at.length < 2 || document.hasIn(at))
      for (const [key, inner] of Object.entries(value as object)) {
        const next = [...at, key];
        if (typeof inner === "object" && !Array.isArray(inner) && (next.length < 2 || document.hasIn(next)))
          assign(next, inner);
        else document.setIn(next, document.createNode(inner));
      }
  };
  assign([], parseDocument(piece).toJS());
  writeFileSync(path, document.toString({ lineWidth: 0 }));
}
