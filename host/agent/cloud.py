"""The two services of the cloud that a host talks to: instance metadata (IMDSv2) and object storage (S3, SigV4)."""

import datetime
import hashlib
import hmac
import http.client
import json
import ssl
import urllib.parse
from dataclasses import dataclass

METADATA = "169.254.169.254"
TIMEOUT = 10
EXPIRY_MARGIN = datetime.timedelta(minutes=5)


class CloudError(Exception):
    """A service could not be reached or refused; trying again later may help."""


@dataclass(frozen=True)
class Credentials:
    key_id: str
    secret: str
    token: str
    expires: datetime.datetime


class Metadata:
    """Instance metadata, version 2: every read carries a session token."""

    def __init__(self) -> None:
        self._credentials: Credentials | None = None

    def read(self, path: str) -> str:
        token = self._request("PUT", "api/token", {"X-aws-ec2-metadata-token-ttl-seconds": "300"})
        return self._request("GET", path, {"X-aws-ec2-metadata-token": token})

    def credentials(self) -> Credentials:
        """Those of the instance's role, renewed before they expire."""
        if not self._credentials or now() > self._credentials.expires - EXPIRY_MARGIN:
            roles = "meta-data/iam/security-credentials/"
            fields = json.loads(self.read(roles + self.read(roles).split("\n")[0]))
            self._credentials = Credentials(
                fields["AccessKeyId"],
                fields["SecretAccessKey"],
                fields["Token"],
                datetime.datetime.fromisoformat(fields["Expiration"]),
            )
        return self._credentials

    def _request(self, method: str, path: str, headers: dict[str, str]) -> str:
        connection = http.client.HTTPConnection(METADATA, timeout=TIMEOUT)
        status, _, body = exchange(connection, method, f"/latest/{path}", headers)
        if status != 200:
            raise CloudError(f"instance metadata: {path}: HTTP {status}")
        return body.decode()


class Bucket:
    """Objects of one bucket, with the credentials of the instance's role."""

    def __init__(self, name: str, region: str, metadata: Metadata) -> None:
        self._host = f"{name}.s3.{region}.amazonaws.com"
        self._region = region
        self._metadata = metadata
        # The system's store by name: there Debian keeps authorities that were added to it.
        self._tls = ssl.create_default_context(cafile="/etc/ssl/certs/ca-certificates.crt")

    def get(self, key: str, etag: str | None = None) -> tuple[bytes, str] | None:
        """The object and its entity tag; None if it is still the one with the given tag."""
        status, headers, body = self._request("GET", key, {"If-None-Match": etag} if etag else {})
        if status == 304:
            return None
        if status != 200:
            raise self._refusal("GET", key, status, body)
        return body, headers["ETag"]

    def put(self, key: str, body: bytes, content_type: str) -> None:
        status, _, answer = self._request("PUT", key, {"Content-Type": content_type}, body)
        if status != 200:
            raise self._refusal("PUT", key, status, answer)

    def _request(
        self, method: str, key: str, headers: dict[str, str], body: bytes = b""
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        path = "/" + urllib.parse.quote(key, safe="/-_.~")
        signed = sign(method, self._host, path, body, self._region, self._metadata.credentials(), now())
        connection = http.client.HTTPSConnection(self._host, timeout=TIMEOUT, context=self._tls)
        return exchange(connection, method, path, headers | signed, body)

    def _refusal(self, method: str, key: str, status: int, body: bytes) -> CloudError:
        return CloudError(f"{method} https://{self._host}/{key}: HTTP {status} {body[:300].decode(errors='replace')}")


def exchange(
    connection: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str], body: bytes = b""
) -> tuple[int, http.client.HTTPMessage, bytes]:
    try:
        connection.request(method, path, body or None, headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    except (OSError, http.client.HTTPException) as error:
        raise CloudError(f"{connection.host}: {error}") from error
    finally:
        connection.close()


def sign(
    method: str,
    host: str,
    path: str,
    body: bytes,
    region: str,
    credentials: Credentials,
    time: datetime.datetime,
    service: str = "s3",
) -> dict[str, str]:
    """The headers of a request's signature, AWS Signature Version 4."""
    stamp = time.strftime("%Y%m%dT%H%M%SZ")
    scope = f"{stamp[:8]}/{region}/{service}/aws4_request"
    headers = {
        "host": host,
        "x-amz-content-sha256": hashlib.sha256(body).hexdigest(),
        "x-amz-date": stamp,
        "x-amz-security-token": credentials.token,
    }
    names = ";".join(headers)
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    request = f"{method}\n{path}\n\n{lines}\n{names}\n{headers['x-amz-content-sha256']}"
    to_sign = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    key = b"AWS4" + credentials.secret.encode()
    for text in [*scope.split("/"), to_sign]:
        key = hmac.digest(key, text.encode(), "sha256")
    credential = f"Credential={credentials.key_id}/{scope}"
    headers["Authorization"] = f"AWS4-HMAC-SHA256 {credential}, SignedHeaders={names}, Signature={key.hex()}"
    return headers


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc)
