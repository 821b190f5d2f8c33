const trust = (service: string, actions: readonly string[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: actions }],
  });

/** Trust policy of a role that pods assume through EKS Pod Identity. */
export const POD_IDENTITY_TRUST = trust("pods.eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"]);

/** Trust policy of an EKS control plane's role. */
export const CONTROL_PLANE_TRUST = trust("eks.amazonaws.com", ["sts:AssumeRole"]);

/** Trust policy of a node's role. */
export const NODE_TRUST = trust("ec2.amazonaws.com", ["sts:AssumeRole"]);
