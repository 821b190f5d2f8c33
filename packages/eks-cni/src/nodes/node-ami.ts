/** Returns the EKS-optimized AL2023 image for an instance type, by processor and accelerator. */
export function nodeAmiType(instanceType: string): string {
  const family = instanceType.split(".")[0] ?? "";
  if (/^(inf|trn)\d/.test(family)) return "AL2023_x86_64_NEURON";
  // A g after the generation means Graviton: m7g, c7gn, g5g, is4gen. a1 is Graviton too.
  const processor = /^(a1|[a-z]+\d+g[a-z]*)$/.test(family) ? "ARM_64" : "x86_64";
  // g4ad has GPUs of AMD.
  const isNvidia = /^(p|g|gr)\d/.test(family) && family !== "g4ad";
  return `AL2023_${processor}_${isNvidia ? "NVIDIA" : "STANDARD"}`;
}
