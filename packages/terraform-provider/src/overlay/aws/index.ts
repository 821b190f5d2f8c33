import { type ProviderOverlay, type TypeOverlay } from "../../schema/overlay";
import { dynamodb } from "./dynamodb";
import { eks } from "./eks";
import { iam } from "./iam";
import { ipam } from "./ipam";
import { lambda } from "./lambda";
import { launchTemplate } from "./launch-template";
import { lookups } from "./data-sources";
import { messaging } from "./messaging";
import { monitoring } from "./monitoring";
import { ram } from "./ram";
import { routing } from "./routing";
import { scheduler } from "./scheduler";
import { security } from "./security";
import { vpc } from "./vpc";

type Types = Readonly<Record<string, TypeOverlay>>;

const global = /^aws_(iam_|caller_identity$|partition$|vpc_ipam_organization_admin_account$)/;

// Since provider 6.0 a regional type has its own Region, whose change forces replacement.
const regional = (types: Types): Types =>
  Object.fromEntries(
    Object.entries(types).map(([type, facts]) => [
      type,
      global.test(type)
        ? facts
        : {
            ...facts,
            computed: [...(facts.computed ?? []).filter((path) => path !== "region"), "region"],
            forceNew: [...(facts.forceNew ?? []), "region"],
          },
    ]),
  );

/** hashicorp/aws 5.100 plus the additions of 6.x up to 6.66. */
export const aws: ProviderOverlay = {
  wholeNumbers: true,
  provider: { added: { user_agent: { type: ["list", "string"], optional: true, since: "6.40.0" } } },
  resources: regional({
    ...dynamodb,
    ...eks,
    ...iam,
    ...ipam,
    ...lambda,
    ...launchTemplate,
    ...messaging,
    ...monitoring,
    ...ram,
    ...routing,
    ...scheduler,
    ...security,
    ...vpc,
  }),
  dataSources: regional({
    ...lookups,
    aws_eks_cluster: {
      computed: ["tags"],
      checks: { length: { name: [1, 100] }, matches: { name: "^[0-9A-Za-z][0-9A-Za-z_-]*$" } },
    },
    aws_subnet: {},
  }),
};
