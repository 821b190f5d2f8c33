import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcIpam } from "@cdktf/provider-aws/lib/vpc-ipam";
import {
  DataResource,
  Fn,
  TerraformCount,
  TerraformHclModule,
  TerraformIterator,
  TerraformLocal,
  TerraformOutput,
  TerraformProvider,
  TerraformVariable,
  Token,
} from "cdktf";
import { type Construct } from "constructs";
import { type BlueprintStack, ValidationError } from "../../src";
import { hclOf, planOf, synthesized, unformatted } from "../terraform";

/** The provider inside Terraform, which needs no registry and may have an alias like any other. */
class BuiltinProvider extends TerraformProvider {
  constructor(
    scope: Construct,
    id: string,
    private readonly name: string,
  ) {
    super(scope, id, {
      terraformResourceType: "terraform",
      terraformProviderSource: "terraform.io/builtin/terraform",
    });
  }

  override get alias(): string {
    return this.name;
  }
}

/** What cdktf 0.21 renders wrong, or not at all, in one composition that Terraform can plan by itself. */
function traps(stack: BlueprintStack): void {
  const provider = new BuiltinProvider(stack, "provider", "replica");
  const literal = new TerraformVariable(stack, "literal", {
    type: "object({a=string,b=list(number)})",
    default: { a: '"${not.a.reference}" %{if}', b: [1, 2] },
    description: "a ${description} is no template",
    nullable: false,
  });
  new TerraformVariable(stack, "off", { type: "bool", default: false, description: "" });
  const zero = new TerraformLocal(stack, "zero", 0);
  const first = new DataResource(stack, "first", {
    input: {
      script: '#!/bin/sh\necho "$HOME" ${1 + 1} \\ 100%\n',
      short: "one\ntwo",
      'key "quoted"': "$${literal} %%{literal}",
    },
    provider,
    lifecycle: {
      ignoreChanges: "all",
      precondition: [{ condition: "${var.off == false}", errorMessage: 'it "is" off' }],
      postcondition: [{ condition: '${self.id != ""}', errorMessage: "there is an id" }],
    },
  });
  const iterator = TerraformIterator.fromMap({ a: { size: 1 }, b: { size: 2 } });
  new DataResource(stack, "each", {
    forEach: iterator,
    input: { size: iterator.getNumber("size"), key: iterator.key },
  });
  new DataResource(stack, "counted", {
    count: TerraformCount.of(2),
    dependsOn: [first],
    lifecycle: { ignoreChanges: ['input["size"]'], replaceTriggeredBy: [first], createBeforeDestroy: true },
    provisioners: [{ type: "local-exec", command: "true", when: "destroy" }],
  });
  const old = new DataResource(stack, "old", { input: Token.asAny([]) });
  old.moveToId("terraform_data.counted[0]");
  const imported = new DataResource(stack, "imported");
  imported.importFrom("id-1");
  new TerraformOutput(stack, "values", {
    value: [literal.value, zero.asNumber, Fn.join("\n", ["a", "b"]), 'é "x" \\ %%{'],
    description: "costs ${0}",
    dependsOn: [first],
  });
}

describe("what cdktf renders wrong", () => {
  test("plans the same from HCL and from JSON", () => {
    const plan = (output: "hcl" | "json"): unknown => {
      const { planned_values, resource_changes } = synthesized(traps, planOf, { output });
      return { planned_values, resource_changes };
    };
    expect(plan("hcl")).toEqual(plan("json"));
  });

  test("is formatted, in the order a reviewer reads", () => {
    const hcl = hclOf(traps);
    expect(hcl).toMatchSnapshot();
    expect(unformatted(hcl)).toBe("");
  });
});

describe("blocks and arguments", () => {
  test("blocks of bindings are blocks, maps are maps, nested blocks are nested", () => {
    const hcl = hclOf((stack) => {
      new AwsProvider(stack, "aws", {
        region: "eu-west-1",
        alias: "west",
        defaultTags: [{ tags: { "a/b": "c" } }],
      });
      new VpcIpam(stack, "ipam", {
        operatingRegions: [{ regionName: "eu-west-1" }, { regionName: "eu-central-1" }],
        tags: { Name: "main", "kubernetes.io/role": "${local.role}" },
        timeouts: { create: "5m" },
      });
    });
    expect(hcl).toMatchSnapshot();
    expect(unformatted(hcl)).toBe("");
  });

  test("a dynamic block stays one", () => {
    const hcl = hclOf((stack) => {
      new AwsProvider(stack, "aws", { region: "eu-west-1" });
      const regions = TerraformIterator.fromList(["eu-west-1", "eu-central-1"]);
      new VpcIpam(stack, "ipam", { operatingRegions: regions.dynamic({ region_name: regions.value }) });
    });
    expect(hcl).toContain(`  dynamic "operating_regions" {
    for_each = toset(["eu-west-1", "eu-central-1"])
    iterator = each

    content {
      region_name = each.value
    }
  }`);
    expect(unformatted(hcl)).toBe("");
  });

  test("lists that AWS treats as attributes render empty as []", () => {
    const hcl = hclOf((stack) => {
      new AwsProvider(stack, "aws", { region: "eu-west-1" });
      new DefaultSecurityGroup(stack, "closed", { ingress: [], egress: [] });
      new RouteTable(stack, "routes", {
        vpcId: "vpc-1",
        route: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }],
      });
      new SecurityGroup(stack, "open", {
        ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, selfAttribute: true }],
      });
    });
    expect(hcl).toMatch(/egress +\= \[\]\n +ingress \= \[\]/);
    expect(hcl).toMatch(
      /route = \[\n {4}\{\n[^}]*cidr_block +\= "0.0.0.0\/0"\n[^}]*network_interface_id +\= null/,
    );
    expect(unformatted(hcl)).toBe("");
  });

  test("references are bare: providers, modules, dependencies", () => {
    const hcl = hclOf((stack) => {
      const west = new AwsProvider(stack, "west", { region: "eu-west-1", alias: "west" });
      const vpc = new Vpc(stack, "vpc", { provider: west });
      const module = new TerraformHclModule(stack, "module", {
        source: "terraform-aws-modules/vpc/aws",
        version: "~> 5.0",
        providers: [{ moduleAlias: "peer", provider: west }],
        variables: { vpc_id: vpc.id, empty: false },
        dependsOn: [vpc],
      });
      new TerraformOutput(stack, "id", { value: module.getString("id"), staticId: true });
    });
    expect(hcl).toContain("  provider = aws.west\n");
    expect(hcl).toContain("  providers = {\n    aws.peer = aws.west\n  }\n");
    expect(hcl).toContain("  vpc_id = aws_vpc.vpc.id\n  empty  = false\n\n  depends_on = [aws_vpc.vpc]\n");
    expect(hcl).toContain("  value = module.module.id\n");
    expect(unformatted(hcl)).toBe("");
  });
});

describe("overrides", () => {
  const overridden = (path: string, value: unknown) => () =>
    hclOf((stack) => {
      new AwsProvider(stack, "aws", { region: "eu-west-1" });
      const ipam = new VpcIpam(stack, "ipam", {
        operatingRegions: [{ regionName: "eu-west-1" }],
        tags: { a: "b" },
      });
      ipam.addOverride(path, value);
    });

  test("of arguments are rendered, wherever they are", () => {
    expect(overridden("new_argument", "x")()).toContain('  new_argument = "x"\n');
    expect(overridden("new_list", ["x", 1])()).toContain('  new_list = ["x", 1]\n');
    expect(overridden("tags.c", "d")()).toContain('    a = "b"\n    c = "d"\n');
    expect(overridden("operating_regions.0.new_argument", true)()).toMatch(/new_argument += true/);
    expect(overridden("lifecycle.prevent_destroy", true)()).toContain(
      "  lifecycle {\n    prevent_destroy = true\n  }",
    );
    expect(overridden("tags", undefined)()).not.toContain("tags");
  });

  test.each([
    ["new_block", { enabled: true }],
    ["new_block.enabled", true],
    ["new_block", [{ enabled: true }]],
    ["operating_regions.0.new_block.enabled", true],
  ])("rejects one that could be a block or a map: %s = %j", (path, value) => {
    expect(overridden(path, value)).toThrow(ValidationError);
    expect(overridden(path, value)).toThrow(
      /^stack\/ipam: the override .*new_block of aws_vpc_ipam has an object.*typed subclass/,
    );
  });

  test("on the stack are rendered or rejected", () => {
    const hcl = (path: string, value: unknown) =>
      hclOf((stack) => {
        new AwsProvider(stack, "aws", { region: "eu-west-1" });
        stack.addOverride(path, value);
      });
    expect(hcl("terraform.required_providers.aws.version", "= 6.30.0")).toContain('version = "= 6.30.0"');
    expect(hcl("terraform.required_version", "~> 1.11")).toContain('required_version = "~> 1.11"');
    expect(hcl("locals.a", { b: 1 })).toContain("locals {\n  a = {\n    b = 1\n  }\n}");
    expect(() => hcl("ephemeral.random", {})).toThrow("stack: the override ephemeral cannot be rendered");
    expect(() => hcl("terraform.provider_meta.aws", {})).toThrow(
      "stack: the override terraform.provider_meta cannot be rendered as HCL",
    );
    expect(() => hcl("resource.aws_vpc.x.tags", {})).toThrow("the override resource.aws_vpc.x.tags cannot");
  });
});

test.each([
  [
    "${aws_vpc.x",
    'stack: output.o: the template "${aws_vpc.x" does not close its ${ (write $${ for the characters',
  ],
  ["50%{", 'stack: output.o: the template "%{" does not close its %{ (write %%{ for the characters'],
  ["${a(]}", 'stack: output.o: the template "${a(]}" closes ] without opening it'],
  ['${"a}', 'lacks a closing "'],
  [NaN, "stack: output.o: NaN is not a Terraform number"],
])("rejects %s with its address", (value, message) => {
  expect(() => hclOf((stack) => new TerraformOutput(stack, "o", { value }))).toThrow(message);
});
