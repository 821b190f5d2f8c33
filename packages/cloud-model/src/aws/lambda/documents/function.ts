import { awsPartition } from "@cluster-ipam/address-plan/cloud";
import { type AccountRegion } from "../../../request-context";
import { Kind } from "../../../store/kind";
import { type Transaction } from "../../../store/transaction";

/** A Lambda function. */
export interface LambdaFunction extends AccountRegion {
  readonly functionName: string;
  /** ARN of the execution role. */
  readonly role: string;
  /** Ids of the statements in the function's resource policy. */
  readonly statementIds: readonly string[];
}

const functions = new Kind<LambdaFunction>("lambda/function");
const keyOf = ({ owner, region }: AccountRegion, name: string): string => [owner, region, name].join("|");

/** The name in a function's ARN, or the name itself. */
const nameOf = (nameOrArn: string): string => nameOrArn.replace(/^arn:.*:function:([^:]+).*$/, "$1");

/** The function of that name or ARN in an account and Region, or undefined. */
export const findFunction = (
  transaction: Transaction,
  caller: AccountRegion,
  nameOrArn: string,
): LambdaFunction | undefined => transaction.get(functions, keyOf(caller, nameOf(nameOrArn)));

/** The ARN of the function of that name or ARN in an account and Region. */
export const functionArn = ({ owner, region }: AccountRegion, nameOrArn: string): string =>
  `arn:${awsPartition(region)}:lambda:${region}:${owner}:function:${nameOf(nameOrArn)}`;

/** Makes or changes a function. */
export const putFunction = (transaction: Transaction, document: LambdaFunction): LambdaFunction =>
  transaction.put(functions, keyOf(document, document.functionName), document);

/** Removes a function. */
export const removeFunction = (transaction: Transaction, document: LambdaFunction): void =>
  transaction.remove(functions, keyOf(document, document.functionName));
