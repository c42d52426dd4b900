// What `node --require` is given to run this project's TypeScript as it is. Sucrase takes the types off; where Node.js
// can (22.8 and later), what it compiles is kept for the next run, most of it the SDK.
require("node:module").enableCompileCache?.();
require("sucrase/register/ts");
