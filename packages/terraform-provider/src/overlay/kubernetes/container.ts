import { each, type TypeOverlay } from "../../schema/overlay";

const PORT = [1, 65_535] as const;
const POSITIVE = [1, null] as const;

/** A container, or init container, of a pod. */
export const container: TypeOverlay = {
  computed: [
    "image_pull_policy",
    "termination_message_policy",
    "resources",
    "resources.limits",
    "resources.requests",
  ],
  defaults: {
    stdin: false,
    stdin_once: false,
    termination_message_path: "/dev/termination-log",
    tty: false,
    "env.value_from.field_ref.api_version": "v1",
    "env.value_from.resource_field_ref.divisor": "1",
    "lifecycle.post_start.http_get.scheme": "HTTP",
    "lifecycle.pre_stop.http_get.scheme": "HTTP",
    "liveness_probe.failure_threshold": 3,
    "liveness_probe.period_seconds": 10,
    "liveness_probe.success_threshold": 1,
    "liveness_probe.timeout_seconds": 1,
    "liveness_probe.http_get.scheme": "HTTP",
    "port.protocol": "TCP",
    "readiness_probe.failure_threshold": 3,
    "readiness_probe.period_seconds": 10,
    "readiness_probe.success_threshold": 1,
    "readiness_probe.timeout_seconds": 1,
    "readiness_probe.http_get.scheme": "HTTP",
    "security_context.allow_privilege_escalation": true,
    "security_context.privileged": false,
    "security_context.read_only_root_filesystem": false,
    "security_context.seccomp_profile.localhost_profile": "",
    "security_context.seccomp_profile.type": "Unconfined",
    "startup_probe.failure_threshold": 3,
    "startup_probe.period_seconds": 10,
    "startup_probe.success_threshold": 1,
    "startup_probe.timeout_seconds": 1,
    "startup_probe.http_get.scheme": "HTTP",
    "volume_mount.mount_propagation": "None",
    "volume_mount.read_only": false,
  },
  suppress: each("env.value_from.resource_field_ref.divisor resources.limits resources.requests", "quantity"),
  checks: {
    oneOf: {
      restart_policy: ["Always"],
      termination_message_policy: ["File", "FallbackToLogsOnError"],
      "security_context.seccomp_profile.type": ["Localhost", "RuntimeDefault", "Unconfined"],
      "volume_mount.mount_propagation": ["None", "HostToContainer", "Bidirectional"],
      "port.protocol": ["TCP", "UDP"],
      ...each(
        `lifecycle.post_start.http_get.scheme lifecycle.pre_stop.http_get.scheme liveness_probe.http_get.scheme
        readiness_probe.http_get.scheme startup_probe.http_get.scheme`,
        ["HTTP", "HTTPS"],
      ),
    },
    between: {
      ...each(
        "port.host_port liveness_probe.grpc.port readiness_probe.grpc.port startup_probe.grpc.port",
        PORT,
      ),
      ...each(
        `liveness_probe.failure_threshold liveness_probe.period_seconds liveness_probe.success_threshold
        liveness_probe.timeout_seconds readiness_probe.failure_threshold readiness_probe.period_seconds
        readiness_probe.success_threshold readiness_probe.timeout_seconds startup_probe.failure_threshold
        startup_probe.period_seconds startup_probe.success_threshold startup_probe.timeout_seconds`,
        POSITIVE,
      ),
    },
    forms: {
      ...each(
        `lifecycle.post_start.http_get.port lifecycle.post_start.tcp_socket.port lifecycle.pre_stop.http_get.port
        lifecycle.pre_stop.tcp_socket.port liveness_probe.http_get.port liveness_probe.tcp_socket.port
        port.container_port port.name readiness_probe.http_get.port readiness_probe.tcp_socket.port
        startup_probe.http_get.port startup_probe.tcp_socket.port`,
        "port",
      ),
      "env.value_from.resource_field_ref.divisor": "quantity",
      ...each("security_context.run_as_group security_context.run_as_user", "whole-number-text"),
    },
  },
  added: { restart_policy: { type: "string", optional: true, computed: true, since: "3.0.0" } },
};
