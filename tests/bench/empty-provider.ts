import { encodedSchema, type GrpcServer, serveGrpc, type UnaryCalls } from "@cluster-ipam/terraform-provider";

type Schema = Parameters<typeof encodedSchema>[0];

/** Field numbers in the messages of Terraform's plugin protocol 5. */
const PROPOSED_NEW_STATE = 3;
const [PLANNED_STATE, LEGACY_TYPE_SYSTEM] = [1, 5];
/** Kinds of fields on the wire. */
const [VARINT, LENGTH_DELIMITED] = [0, 2];

/**
 * Serves a provider that does nothing: it accepts every configuration and plans what Terraform proposes, without looking
 * into the values. What a plan with it takes is what Terraform itself takes, and the transport.
 */
export function serveEmptyProvider(socket: string, schema: Schema): Promise<GrpcServer> {
  const nothing = async () => Buffer.alloc(0);
  const calls: UnaryCalls = {
    "/tfplugin5.Provider/GetSchema": async () => encodedSchema(schema),
    // The prepared configuration has the field number of the configuration.
    "/tfplugin5.Provider/PrepareProviderConfig": async (request) => request,
    "/tfplugin5.Provider/Configure": nothing,
    "/tfplugin5.Provider/ValidateResourceTypeConfig": nothing,
    "/tfplugin5.Provider/PlanResourceChange": async (request) => {
      const state = field(request, PROPOSED_NEW_STATE);
      const head = [(PLANNED_STATE << 3) | LENGTH_DELIMITED, ...varint(state.length)];
      return Buffer.concat([Buffer.from(head), state, Buffer.from([(LEGACY_TYPE_SYSTEM << 3) | VARINT, 1])]);
    },
    "/tfplugin5.Provider/Stop": nothing,
  };
  return serveGrpc(socket, () => calls);
}

/** The bytes of a field of a message whose fields are all delimited by their lengths. */
function field(message: Uint8Array, number: number): Uint8Array {
  for (let at = 0; at < message.length;) {
    const tag = message[at++]!;
    let length = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      const byte = message[at++]!;
      length |= (byte & 0x7f) << shift;
      more = byte >= 0x80;
    }
    if (tag >> 3 === number) return message.subarray(at, at + length);
    at += length;
  }
  throw new Error(`the message has no field ${number}`);
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
