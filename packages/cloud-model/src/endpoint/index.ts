export { DirectEc2, type DirectEc2Props, type Ec2Command } from "./direct-ec2";
export { type Endpoint, type EndpointProps, startEndpoint } from "./endpoint";
export type { BusEvent } from "./services/event-bus";
