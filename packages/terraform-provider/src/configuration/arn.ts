/** An ARN as hashicorp/aws accepts it: its account is a number, one of AWS' own names, or empty. */
export const ARN = /^arn:[^:]*:[^:]+:[^:]*:(\d{12}|aws|aws-managed|third-party|)?:.+$/;
