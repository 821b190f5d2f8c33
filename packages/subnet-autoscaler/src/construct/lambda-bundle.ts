import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { runtimeDigest } from "./runtime-sources";

/** The file that the build writes next to the archive. */
interface BuildHashes {
  /** SHA-256 of the archive, in base64. */
  readonly sha256: string;
  /** Digest of the sources in the archive. */
  readonly sources: string;
}

/** Folder of the build's archive and hashes. */
const FOLDER = join(__dirname, "../../dist/lambda");

/**
 * The function's code as an asset of the stack, so that its path in the plan is relative and the same on every
 * machine. The package's build makes the archive and its hash; synth only checks that they match the sources.
 *
 * @throws ValidationError when the package is not built, or its runtime has changed since
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
        "the function code, dist/lambda of @cluster-ipam/subnet-autoscaler, is not built; run npm run build",
      );
    }
    const { sha256, sources } = JSON.parse(readFileSync(hashes, "utf8")) as BuildHashes;
    if (sources !== runtimeDigest()) {
      throw new ValidationError(
        this,
        "the function code, dist/lambda of @cluster-ipam/subnet-autoscaler, is older than src/runtime; run npm run build",
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
