import * as pulumi from "@pulumi/pulumi";
import { check, type Declared, describe, type Problem } from "./check";
import { withoutSdkFrames } from "./stack-trace";

/**
 * Throws when a declaration has problems: all of them in one error.
 * @throws pulumi.InputPropertiesError
 */
export function refuse(component: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const count = problems.length === 1 ? "one property" : `${problems.length} properties`;
  const error = new pulumi.InputPropertiesError({
    // A program that makes the component itself is shown the message only, so it lists the errors too.
    message: [`${component} can't be made, ${count} must be corrected:`, ...problems.map(describe)].join(
      "\n  ",
    ),
    errors: problems.map(({ path, got, wants }) => ({
      propertyPath: path,
      reason: `got ${got}, wants ${wants}`,
    })),
  });
  throw withoutSdkFrames(error);
}

/** The value if the program knows it now; undefined while it is still to come. */
export function known<T>(input: pulumi.Input<T> | undefined): T | undefined {
  return pulumi.Output.isInstance(input) || input instanceof Promise ? undefined : (input as T | undefined);
}

/**
 * A value that may still be to come, checked as soon as it is there: nothing is made from a wrong one.
 * @param declares which part of a declaration the value is
 */
export function judged<T>(
  component: string,
  input: pulumi.Input<T>,
  declares: (value: pulumi.Unwrap<T>) => Declared,
): pulumi.Output<pulumi.Unwrap<T>> {
  return pulumi.output(input).apply((value) => {
    refuse(component, check(declares(value)));
    return value;
  }) as pulumi.Output<pulumi.Unwrap<T>>;
}
