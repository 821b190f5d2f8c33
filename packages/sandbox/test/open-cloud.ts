import { type Cloud, type Subject } from "../src/cloud/cloud";
import { complete } from "../src/cloud/completion";
import { canonical, Fingerprint } from "../src/cloud/fingerprint";
import { answer } from "../src/cloud/queries";
import { type ObjectValue, unknown } from "../src/plugin/value";

/** A cloud that takes anything: for tests of what the providers plan, which depends on nothing that stands. */
export class OpenCloud implements Cloud {
  async create(subject: Subject, planned: ObjectValue): Promise<ObjectValue> {
    return complete(subject, planned, new Fingerprint(canonical(planned)));
  }

  async update(subject: Subject, prior: ObjectValue, planned: ObjectValue): Promise<ObjectValue> {
    const kept = Object.entries(planned).map(([name, value]) => [
      name,
      value === unknown ? prior[name]! : value,
    ]);
    return complete(subject, Object.fromEntries(kept) as ObjectValue, new Fingerprint(canonical(prior)));
  }

  async delete(): Promise<void> {}

  async read(_subject: Subject, state: ObjectValue): Promise<ObjectValue> {
    return state;
  }

  async import(_subject: Subject, id: string): Promise<ObjectValue> {
    throw new Error(`nothing to import as ${id}`);
  }

  async query(subject: Subject, config: ObjectValue): Promise<ObjectValue> {
    return answer(subject, config);
  }
}
