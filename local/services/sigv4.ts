import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Credentials, Principal } from "./credentials";
import { S3Error } from "./s3-error";

export interface SignedRequest {
  readonly method: string;
  /** As sent: path and query, still encoded. */
  readonly target: string;
  /** Names in lower case, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface Signature {
  readonly principal: Principal;
  /** What the body's SHA-256 has to be, in hexadecimal; undefined if the body is not signed. */
  readonly bodyHash: string | undefined;
}

/**
 * Checks a request's signature (Amazon S3 API Reference, "Authenticating Requests: Using the Authorization Header
 * (AWS Signature Version 4)").
 * @returns who signed it, or nothing for a request without a signature
 * @param service the one that is asked, as it is called in the scope
 * @throws S3Error with the code and status that S3 answers
 */
export function verifySignature(
  request: SignedRequest,
  credentials: Credentials,
  region: string,
  now: number,
  service = "s3",
): Signature | undefined {
  const header = single(request, "authorization");
  if (header === undefined) return undefined;
  const given = parseAuthorization(header);
  const { credentials: issued, principal } = credentials.find(given.accessKeyId) ?? {};
  if (!issued || !principal) throw new S3Error("InvalidAccessKeyId");
  checkSession(request, issued.sessionToken, issued.expires.getTime(), now);

  const time = single(request, "x-amz-date");
  if (!time || !/^\d{8}T\d{6}Z$/.test(time)) {
    throw new S3Error("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header");
  }
  if (Math.abs(Date.parse(time.replace(timeFields, "$1-$2-$3T$4:$5:$6Z")) - now) > maxSkew) {
    throw new S3Error("RequestTimeTooSkewed");
  }
  checkScope(given, time, region, service);
  checkSignedHeaders(request, given.signedHeaders);

  const payload = single(request, "x-amz-content-sha256");
  if (payload === undefined) {
    throw new S3Error("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
  }
  if (payload.startsWith("STREAMING-")) throw new S3Error("NotImplemented");

  const scope = [given.date, given.region, given.service, "aws4_request"].join("/");
  const canonical = canonicalRequest(request, given.signedHeaders, payload);
  const expected = sign(
    issued.secretAccessKey,
    scope,
    `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`,
  );
  const actual = Buffer.from(given.signature, "hex");
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    throw new S3Error("SignatureDoesNotMatch");
  }
  return { principal, bodyHash: payload === "UNSIGNED-PAYLOAD" ? undefined : payload };
}

const maxSkew = 15 * 60 * 1000;
const timeFields = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

interface Authorization {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

function parseAuthorization(header: string): Authorization {
  const fields = new Map(
    [...header.matchAll(/(\w+)=([^,\s]+)/g)].map(([, name = "", value = ""]) => [name, value] as const),
  );
  const [accessKeyId, date, region, service, end] = fields.get("Credential")?.split("/") ?? [];
  const signedHeaders = fields.get("SignedHeaders")?.split(";");
  const signature = fields.get("Signature");
  if (!header.startsWith("AWS4-HMAC-SHA256 "))
    throw new S3Error("InvalidRequest", "Please use AWS4-HMAC-SHA256.");
  if (
    !accessKeyId ||
    !date ||
    !region ||
    !service ||
    end !== "aws4_request" ||
    !signedHeaders ||
    !signature
  ) {
    throw new S3Error("AuthorizationHeaderMalformed");
  }
  return { accessKeyId, date, region, service, signedHeaders, signature };
}

function checkSession(request: SignedRequest, token: string, expires: number, now: number): void {
  if (single(request, "x-amz-security-token") !== token) throw new S3Error("InvalidToken");
  if (expires <= now) throw new S3Error("ExpiredToken");
}

function checkScope(
  { date, region, service }: Authorization,
  time: string,
  expected: string,
  endpoint: string,
): void {
  const malformed = (reason: string) =>
    new S3Error("AuthorizationHeaderMalformed", `The authorization header is malformed; ${reason}`);
  if (region !== expected) throw malformed(`the region '${region}' is wrong; expecting '${expected}'`);
  if (service !== endpoint)
    throw malformed(`incorrect service "${service}". This endpoint belongs to "${endpoint}".`);
  if (date !== time.slice(0, 8))
    throw malformed("Invalid credential date. Date is not the same as X-Amz-Date.");
}

function checkSignedHeaders({ headers }: SignedRequest, signed: readonly string[]): void {
  const required = ["host", ...Object.keys(headers).filter((name) => name.startsWith("x-amz-"))];
  const missing = required.filter((name) => !signed.includes(name));
  if (missing.length > 0) {
    throw new S3Error(
      "AccessDenied",
      `There were headers present in the request which were not signed: ${missing.join(", ")}`,
    );
  }
}

function canonicalRequest(request: SignedRequest, signedHeaders: readonly string[], payload: string): string {
  const [path = "", query = ""] = request.target.split(/\?(.*)/s);
  const headers = signedHeaders.map((name) => `${name}:${headerValue(request, name)}\n`).join("");
  return [
    request.method,
    path.split("/").map(reencode).join("/"),
    canonicalQuery(query),
    headers,
    signedHeaders.join(";"),
    payload,
  ].join("\n");
}

function canonicalQuery(query: string): string {
  const parameters = query.split("&").filter(Boolean);
  const pairs = parameters.map((parameter) => parameter.split(/=(.*)/s).slice(0, 2).map(reencode));
  const byBytes = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  pairs.sort(
    ([name = "", value = ""], [other = "", otherValue = ""]) =>
      byBytes(name, other) || byBytes(value, otherValue),
  );
  return pairs.map(([name, value = ""]) => `${name}=${value}`).join("&");
}

/** The one way to write a text in a URI: every byte but the unreserved characters of RFC 3986 as `%XX`. */
function reencode(text: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    throw new S3Error("InvalidURI");
  }
  return encodeURIComponent(decoded).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function headerValue({ headers }: SignedRequest, name: string): string {
  const value = headers[name] ?? "";
  return (typeof value === "string" ? value : value.join(",")).trim().replace(/ +/g, " ");
}

function single(request: SignedRequest, name: string): string | undefined {
  return request.headers[name] === undefined ? undefined : headerValue(request, name);
}

function sign(secret: string, scope: string, text: string): Buffer {
  const key = scope
    .split("/")
    .reduce<string | Buffer>(
      (previous, part) => createHmac("sha256", previous).update(part).digest(),
      `AWS4${secret}`,
    );
  return createHmac("sha256", key).update(text).digest();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
