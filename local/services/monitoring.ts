import { createHash, randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { Account, CloudView } from "../world";
import type { Datum } from "./alarms";
import type { Credentials } from "./credentials";
import { decide } from "./policy";
import { escapeXml, S3Error } from "./s3-error";
import { verifySignature } from "./sigv4";

export interface MonitoringOptions {
  readonly view: CloudView;
  readonly metrics: Metrics;
  readonly credentials: Credentials;
  readonly account: Pick<Account, "id" | "region">;
  /** The current time in milliseconds. @default Date.now */
  readonly now?: () => number;
}

export type Dimensions = Readonly<Record<string, string>>;

/** The data of metrics, for as long as the cloud runs. */
export interface Metrics {
  put(namespace: string, name: string, dimensions: Dimensions, datum: Datum): void;
  data(namespace: string, name: string, dimensions: Dimensions): readonly Datum[];
}

export function openMetrics(): Metrics {
  const series = new Map<string, Datum[]>();
  const key = (namespace: string, name: string, dimensions: Dimensions) =>
    JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
  return {
    put: (namespace, name, dimensions, datum) => {
      const id = key(namespace, name, dimensions);
      series.set(id, [...(series.get(id) ?? []), datum].slice(-10_000));
    },
    data: (namespace, name, dimensions) => series.get(key(namespace, name, dimensions)) ?? [],
  };
}

export function monitoringName(region: string): string {
  return `monitoring.${region}.amazonaws.com`;
}

/** CloudWatch's PutMetricData by its query protocol; requests signed with signature version 4, and policies in force. */
export async function answerMonitoring(
  options: MonitoringOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomBytes(16).toString("hex");
  const send = (status: number, body: string) =>
    response.writeHead(status, { "Content-Type": "text/xml", "x-amzn-RequestId": requestId }).end(body);
  try {
    await putMetricData(options, request);
    send(
      200,
      `<PutMetricDataResponse xmlns="${xmlns}"><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></PutMetricDataResponse>`,
    );
  } catch (error) {
    const refusal = refusalOf(error);
    send(
      refusal.status,
      `<ErrorResponse xmlns="${xmlns}"><Error><Type>${refusal.status < 500 ? "Sender" : "Receiver"}</Type>` +
        `<Code>${refusal.code}</Code><Message>${escapeXml(refusal.message)}</Message></Error>` +
        `<RequestId>${requestId}</RequestId></ErrorResponse>`,
    );
  }
}

const xmlns = "http://monitoring.amazonaws.com/doc/2010-08-01/";

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** What is wrong with a signature has other names here than at S3. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (!(error instanceof S3Error)) return new Refusal(500, "InternalFailure", String(error));
  const names: Readonly<Record<string, string>> = {
    InvalidAccessKeyId: "InvalidClientTokenId",
    InvalidToken: "InvalidClientTokenId",
    RequestTimeTooSkewed: "SignatureDoesNotMatch",
    AuthorizationHeaderMalformed: "IncompleteSignature",
  };
  return new Refusal(error.status === 501 ? 400 : 403, names[error.code] ?? error.code, error.message);
}

async function putMetricData(options: MonitoringOptions, request: IncomingMessage): Promise<void> {
  const { view, metrics, credentials, account, now = Date.now } = options;
  const { method = "", url: target = "/", headers } = request;
  const body = await text(request);
  const signature = verifySignature(
    { method, target, headers },
    credentials,
    account.region,
    now(),
    "monitoring",
  );
  if (!signature)
    throw new Refusal(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
  if (signature.bodyHash !== createHash("sha256").update(body).digest("hex"))
    throw new Refusal(403, "SignatureDoesNotMatch", "The body is another one than was signed.");
  const form = new URLSearchParams(body);
  const action = form.get("Action") ?? "";
  if (method !== "POST" || action !== "PutMetricData" || form.get("Version") !== "2010-08-01")
    throw new Refusal(
      400,
      "InvalidAction",
      `The local cloud's CloudWatch knows PutMetricData, not ${action}.`,
    );
  const namespace = form.get("Namespace") ?? "";
  const { role, instanceId } = signature.principal;
  const decision = decide(
    {
      action: "cloudwatch:PutMetricData",
      resource: "*",
      principalArn: `arn:aws:iam::${account.id}:role/${role}`,
      context: { "aws:securetransport": "true", "cloudwatch:namespace": namespace },
    },
    view.rolePolicies(role),
  );
  if (decision !== "allow")
    throw new Refusal(
      403,
      "AccessDenied",
      `User: arn:aws:sts::${account.id}:assumed-role/${role}/${instanceId} is not authorized to perform: cloudwatch:PutMetricData`,
    );
  if (!/^[^:]{1,255}$/.test(namespace) || namespace.startsWith("AWS/"))
    throw invalid(`The value ${namespace} for parameter Namespace is invalid.`);
  for (const { name, dimensions, datum } of parse(form, now()))
    metrics.put(namespace, name, dimensions, datum);
}

/** The members of the request. @throws Refusal for the first that is wrong, before any is kept */
function parse(form: URLSearchParams, now: number) {
  const names = new Set([...form.keys()].map((key) => /^MetricData\.member\.(\d+)\./.exec(key)?.[1] ?? ""));
  names.delete("");
  if (names.size === 0) throw invalid("The parameter MetricData is required.");
  if (names.size > 1000) throw invalid("The collection MetricData must not have a size greater than 1000.");
  return [...names].map((member) => {
    const field = (name: string) => form.get(`MetricData.member.${member}.${name}`);
    const name = field("MetricName");
    if (!name) throw invalid(`The parameter MetricData.member.${member}.MetricName is required.`);
    const value = Number(field("Value") || Number.NaN);
    if (!Number.isFinite(value))
      throw invalid(`The parameter MetricData.member.${member}.Value is no number.`);
    const time = field("Timestamp") === null ? now : Date.parse(field("Timestamp") ?? "");
    // Two weeks back and two hours ahead.
    if (!(time > now - 14 * 86_400_000 && time < now + 7_200_000))
      throw invalid(`The parameter MetricData.member.${member}.Timestamp is out of range.`);
    const dimensions: Record<string, string> = {};
    for (let i = 1; ; i++) {
      const [key, content] = [field(`Dimensions.member.${i}.Name`), field(`Dimensions.member.${i}.Value`)];
      if (key === null && content === null) break;
      if (!key || !content) throw invalid("A dimension has a name and a value.");
      dimensions[key] = content;
    }
    return { name, dimensions, datum: { time, value } };
  });
}

function invalid(message: string): Refusal {
  return new Refusal(400, "InvalidParameterValue", message);
}
