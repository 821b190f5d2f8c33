/** Tag key of what an autoscaler made: its value is the cluster's name. Nothing without it is ever changed. */
export const OWNER_TAG = "cluster-ipam/subnet-autoscaler";

/** Tag key of a subnet's state, for its owner. */
export const STATE_TAG = "cluster-ipam/state";

/** Tag keys that a subnet may get while it is created: none of them opens it to pods. */
export const CREATION_TAG_KEYS: readonly string[] = ["Name", OWNER_TAG, STATE_TAG];

/** Tag keys that an autoscaler sets and removes on a subnet it made. */
export const changeableTagKeys = (cluster: string): readonly string[] => [
  STATE_TAG,
  "kubernetes.io/role/cni",
  `cni.networking.k8s.aws/cluster/${cluster}`,
];
