/**
 * Takes the Pulumi SDK's own frames out of an error's stack. They say nothing about the program, and while the SDK
 * colours them, Node.js without the fix of nodejs/node#64011 is busy for half a minute before the error is shown.
 */
export function withoutSdkFrames<E extends Error>(error: E): E {
  error.stack = error.stack
    ?.split("\n")
    .filter((line) => !/^\s+at .*[\\/]@pulumi[\\/]/.test(line))
    .join("\n");
  return error;
}
