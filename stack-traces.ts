/**
 * Sucrase leaves every line where it was, so a stack trace is right as Node.js makes it. The SDK's runner would have
 * each of its frames looked up in source maps all the same, and the SDK takes a trace for every property of every
 * resource: a quarter of the time that a program with one domain takes, and more with more.
 *
 * Where the SDK compiles the program, lines do move, and the look-up stays.
 */
if (process.env.PULUMI_NODEJS_TYPESCRIPT !== "true") Reflect.deleteProperty(Error, "prepareStackTrace");
