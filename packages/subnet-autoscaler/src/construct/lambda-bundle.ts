import { join } from "node:path";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { ARCHIVE_FILE, archiveFault, archiveSha256 } from "./lambda-archive";

/** Folder of the build's archive and its record. */
const FOLDER = join(__dirname, "../../dist/lambda");

/**
 * The function's code as an asset of the stack, so that its path in the plan is relative and the same on every
 * machine. The package's build makes the archive and records its hash; the plan pins that hash, so that Lambda runs
 * exactly the archive that was built.
 *
 * @throws ValidationError when the archive is missing, damaged, or older than its sources
 */
export class LambdaBundle extends Construct {
  /** Path of the archive, relative to the stack's folder. */
  readonly path: string;
  /** SHA-256 of the whole archive, in base64. */
  readonly sha256: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fault = archiveFault(FOLDER);
    if (fault !== undefined) throw new ValidationError(this, fault);
    this.sha256 = archiveSha256(FOLDER);
    this.path = new TerraformAsset(this, "archive", {
      path: join(FOLDER, ARCHIVE_FILE),
      type: AssetType.FILE,
      assetHash: Buffer.from(this.sha256, "base64").toString("hex").slice(0, 32),
    }).path;
  }
}
