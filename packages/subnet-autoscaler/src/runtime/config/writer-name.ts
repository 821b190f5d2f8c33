/** What tells a function from every other one: Lambda sets both variables. @returns undefined outside of Lambda */
export function writerName({ AWS_REGION, AWS_LAMBDA_FUNCTION_NAME }: NodeJS.ProcessEnv): string | undefined {
  return AWS_LAMBDA_FUNCTION_NAME && `${AWS_REGION}/${AWS_LAMBDA_FUNCTION_NAME}`;
}
