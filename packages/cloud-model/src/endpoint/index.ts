export { DirectEc2, type DirectEc2Props, type Ec2Command } from "./direct-ec2";
export { type Endpoint, type EndpointProps, startEndpoint } from "./endpoint";
export {
  googleMethods,
  type GoogleEndpoint,
  type GoogleEndpointProps,
  startGoogleEndpoint,
} from "./google/google-endpoint";
export type { BusEvent } from "./services/event-bus";
