import {
  type ResourceApi,
  type ObjectValue,
  type TerraformType,
  unknown,
} from "@cluster-ipam/terraform-provider";
import { complete } from "../src/computed-values/complete";
import { canonical, Fingerprint } from "../src/computed-values/fingerprint";
import { answer } from "../src/data-sources/assumed";

/** A cloud that accepts anything: for tests of planning, which does not depend on existing resources. */
export class OpenCloud implements ResourceApi {
  async create(terraformType: TerraformType, planned: ObjectValue): Promise<ObjectValue> {
    return complete(terraformType, planned, new Fingerprint(canonical(planned)));
  }

  async update(terraformType: TerraformType, prior: ObjectValue, planned: ObjectValue): Promise<ObjectValue> {
    const kept = Object.entries(planned).map(([name, value]) => [
      name,
      value === unknown ? prior[name]! : value,
    ]);
    return complete(
      terraformType,
      Object.fromEntries(kept) as ObjectValue,
      new Fingerprint(canonical(prior)),
    );
  }

  async delete(): Promise<void> {}

  async read(_subject: TerraformType, state: ObjectValue): Promise<ObjectValue> {
    return state;
  }

  async import(_subject: TerraformType, id: string): Promise<ObjectValue> {
    throw new Error(`nothing to import as ${id}`);
  }

  async readDataSource(terraformType: TerraformType, config: ObjectValue): Promise<ObjectValue> {
    return answer(terraformType, config);
  }
}
