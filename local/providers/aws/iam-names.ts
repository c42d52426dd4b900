/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names */
export function iamNameProblem(limit: number): (name: string) => string | undefined {
  return (name) => {
    if (!/^[\w+=,.@-]+$/.test(name)) return "has other characters than letters, digits and _+=,.@-";
    return name.length > limit ? `is longer than ${limit} characters` : undefined;
  };
}

export function iamPathProblem(path: string): string | undefined {
  return /^\/([!-~]+\/)?$/.test(path) ? undefined : 'is no path: it begins and ends with "/"';
}
