import { type TypeOverlay } from "../../schema/overlay";

/** Facts about IAM and KMS. */
export const iam: Readonly<Record<string, TypeOverlay>> = {
  aws_iam_role: {
    suppress: { assume_role_policy: "iam-policy", "inline_policy.policy": "iam-policy" },
    normalize: { assume_role_policy: "json", "inline_policy.policy": "inline-policy" },
    computed: ["inline_policy", "managed_policy_arns", "name", "name_prefix"],
    forceNew: ["name", "name_prefix", "path"],
    deprecated: ["managed_policy_arns"],
    defaults: {
      force_detach_policies: false,
      max_session_duration: 3600,
      path: "/",
    },
    checks: {
      forms: { assume_role_policy: "iam-policy", "inline_policy.policy": "iam-policy" },
      conflicts: { name: ["name_prefix"] },
      json: ["assume_role_policy", "inline_policy.policy"],
      length: {
        description: [0, 1000],
        name: [1, 64],
        name_prefix: [1, 38],
        path: [0, 512],
        "inline_policy.name": [1, 128],
      },
      arn: ["managed_policy_arns", "permissions_boundary"],
      between: { max_session_duration: [3600, 43200] },
      matches: {
        name: "^[\\w+=,.@-]*$",
        name_prefix: "^[\\w+=,.@-]*$",
        "inline_policy.name": "^[\\w+=,.@-]*$",
      },
    },
  },
  aws_iam_policy: {
    suppress: { policy: "iam-policy" },
    normalize: { policy: "json" },
    computed: ["name", "name_prefix"],
    forceNew: ["description", "name", "name_prefix", "path"],
    defaults: { path: "/" },
    added: { delay_after_policy_creation_in_ms: { type: "number", optional: true, since: "6.40.0" } },
    checks: {
      forms: { policy: "iam-policy" },
      conflicts: { name: ["name_prefix"] },
      length: { name: [1, 128], name_prefix: [1, 102] },
      json: ["policy"],
      matches: { name: "^[\\w+=,.@-]*$", name_prefix: "^[\\w+=,.@-]*$" },
    },
  },
  aws_iam_role_policy: {
    suppress: { policy: "iam-policy" },
    normalize: { policy: "inline-policy" },
    computed: ["name", "name_prefix"],
    forceNew: ["name", "name_prefix", "role"],
    checks: {
      forms: { policy: "iam-policy" },
      conflicts: { name: ["name_prefix"] },
      length: { name: [1, 128], name_prefix: [1, 102], role: [1, 128] },
      json: ["policy"],
      matches: { name: "^[\\w+=,.@-]*$", name_prefix: "^[\\w+=,.@-]*$" },
    },
  },
  aws_iam_role_policy_attachment: { forceNew: ["policy_arn", "role"], checks: { arn: ["policy_arn"] } },
  aws_iam_openid_connect_provider: {
    computed: ["thumbprint_list"],
    forceNew: ["url"],
    checks: {
      forms: { url: "issuer-url" },
      length: { client_id_list: [1, 255], thumbprint_list: [40, 40] },
    },
  },
  aws_kms_key: {
    suppress: { policy: "iam-policy" },
    normalize: { policy: "json" },
    computed: ["description", "multi_region", "policy", "rotation_period_in_days"],
    forceNew: ["custom_key_store_id", "customer_master_key_spec", "key_usage", "multi_region", "xks_key_id"],
    defaults: {
      bypass_policy_lockout_safety_check: false,
      customer_master_key_spec: "SYMMETRIC_DEFAULT",
      enable_key_rotation: false,
      is_enabled: true,
      key_usage: "ENCRYPT_DECRYPT",
    },
    checks: {
      requiredWith: { rotation_period_in_days: ["enable_key_rotation"], xks_key_id: ["custom_key_store_id"] },
      length: { custom_key_store_id: [1, 22], description: [0, 8192] },
      oneOf: {
        customer_master_key_spec: [
          "RSA_2048",
          "RSA_3072",
          "RSA_4096",
          "ECC_NIST_P256",
          "ECC_NIST_P384",
          "ECC_NIST_P521",
          "ECC_SECG_P256K1",
          "SYMMETRIC_DEFAULT",
          "HMAC_224",
          "HMAC_256",
          "HMAC_384",
          "HMAC_512",
          "SM2",
        ],
        key_usage: ["SIGN_VERIFY", "ENCRYPT_DECRYPT", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"],
      },
      between: { rotation_period_in_days: [90, 2560], deletion_window_in_days: [7, 30] },
      json: ["policy"],
    },
  },
  aws_kms_alias: {
    suppress: { target_key_id: "key-id-or-arn" },
    computed: ["name", "name_prefix"],
    forceNew: ["name", "name_prefix"],
    checks: {
      conflicts: { name: ["name_prefix"] },
      matches: { name: "^alias/[0-9A-Za-z_/-]+$", name_prefix: "^alias/[0-9A-Za-z_/-]+$" },
    },
  },
};
