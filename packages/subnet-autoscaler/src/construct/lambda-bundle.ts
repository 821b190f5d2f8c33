import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { runtimeDigest } from "./runtime-sources";

/** What the build writes beside the archive. */
interface Hashes {
  /** Of the archive, in base64. */
  readonly sha256: string;
  readonly sources: string;
}

/** The build writes the archive of the runtime there, and its hash beside it. */
const FOLDER = join(__dirname, "../../dist/lambda");

/**
 * The code of the function, as an archive in the stack's own folder: the path in the plan is relative to that folder
 * and the same on every machine. Both the archive and its hash come from the package's build: synth packs nothing, and
 * only looks whether the sources are still those of the archive.
 *
 * @throws ValidationError where the package is not built, or its runtime was changed since
 */
export class LambdaBundle extends Construct {
  /** Path of the archive, relative to the stack's folder. */
  readonly path: string;
  /** SHA-256 of the archive, in base64. */
  readonly sha256: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const hashes = join(FOLDER, "subnet-autoscaler.json");
    if (!existsSync(hashes)) {
      throw new ValidationError(
        this,
        "the code of the function, dist/lambda of @cluster-ipam/subnet-autoscaler, is not built; run npm run build",
      );
    }
    const { sha256, sources } = JSON.parse(readFileSync(hashes, "utf8")) as Hashes;
    if (sources !== runtimeDigest()) {
      throw new ValidationError(
        this,
        "the code of the function, dist/lambda of @cluster-ipam/subnet-autoscaler, is older than src/runtime; run npm run build",
      );
    }
    this.sha256 = sha256;
    this.path = new TerraformAsset(this, "archive", {
      path: join(FOLDER, "subnet-autoscaler.zip"),
      type: AssetType.FILE,
      assetHash: Buffer.from(sha256, "base64").toString("hex").slice(0, 32),
    }).path;
  }
}
