import * as pulumi from "@pulumi/pulumi";
import { check, type Declared, describe, type Problem } from "./check";

/**
 * Throws when a declaration has problems: all of them in one error.
 * @throws pulumi.InputPropertiesError
 */
export function refuse(component: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const count = problems.length === 1 ? "one property" : `${problems.length} properties`;
  throw new pulumi.InputPropertiesError({
    // A program that makes the component itself is shown the message only, so it lists the errors too.
    message: [`${component} can't be made, ${count} must be corrected:`, ...problems.map(describe)].join(
      "\n  ",
    ),
    errors: problems.map(({ path, got, wants }) => ({
      propertyPath: path,
      reason: `got ${got}, wants ${wants}`,
    })),
  });
}

/** The value if the program knows it now; undefined while it is still to come. */
export function known<T>(input: pulumi.Input<T> | undefined): T | undefined {
  return pulumi.Output.isInstance(input) || input instanceof Promise ? undefined : (input as T | undefined);
}

/** A value that may still be to come, judged as soon as it is there and before anything is made with it. */
export function judged<K extends keyof Declared>(
  component: string,
  property: K,
  input: pulumi.Input<NonNullable<Declared[K]>>,
): pulumi.Output<NonNullable<Declared[K]>> {
  return (pulumi.output(input) as pulumi.Output<NonNullable<Declared[K]>>).apply((value) => {
    refuse(component, check({ [property]: value }));
    return value;
  }) as pulumi.Output<NonNullable<Declared[K]>>;
}
