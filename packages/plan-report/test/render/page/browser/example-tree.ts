import { type Block, blockTree } from "../../../../src/render/page/browser/block";
import { addressMap } from "../../../../src/render/page/address-map";
import { type MapBlock } from "../../../../src/render/page/map-document";
import { EXAMPLE } from "../../../example-report";

/** The blocks of the example report, in an account and with ids. */
export function exampleTree(): Block {
  const map = addressMap(EXAMPLE.tree, []);
  const known = (block: MapBlock): MapBlock => ({
    ...block,
    ...(block.key === "aws/eu-central-1" ? { account: "111111111111" } : {}),
    ...(block.kind === "cluster" ? { account: "333333333333", ids: ["vpc-0aaa"] } : {}),
    children: block.children.map(known),
  });
  return blockTree({ ...map, blocks: map.blocks.map(known) });
}

/** A block by its key. @throws Error if there is none */
export function blockAt(root: Block, key: string): Block {
  const found = root.find(({ data }) => data.key === key);
  if (found === undefined) throw new Error(`the example has no ${key}`);
  return found;
}
