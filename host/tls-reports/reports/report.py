"""A report on the TLS sessions of one day with one domain (RFC 8460 section 4)."""

import json
import time

import reporting
from journal import Counted
from reporting import bounds, report_id
from settings import Settings

# The numbers of libtlsrpt, tlsrpt.h.
POLICY_TYPES = {1: "tlsa", 2: "sts", 9: "no-policy-found"}
RESULT_TYPES = {
    201: "starttls-not-supported",
    202: "certificate-host-mismatch",
    203: "certificate-not-trusted",
    204: "certificate-expired",
    205: "validation-failure",
    301: "sts-policy-fetch-error",
    302: "sts-policy-invalid",
    303: "sts-webpki-invalid",
    304: "tlsa-invalid",
    305: "dnssec-invalid",
    306: "dane-required",
}
DETAILS = {
    "s": "sending-mta-ip",
    "n": "receiving-mx-hostname",
    "h": "receiving-mx-helo",
    "r": "receiving-ip",
    "a": "additional-information",
    "f": "failure-reason-code",
}


def report(settings: Settings, day: str, domain: str, counted: list[Counted]) -> dict:
    start, end = bounds(day)
    return {
        "organization-name": settings.organization,
        "date-range": {"start-datetime": moment(start), "end-datetime": moment(end)},
        "contact-info": settings.sender,
        "report-id": report_id(settings, day, domain),
        "policies": [entry(domain, each) for each in counted],
    }


def entry(domain: str, counted: Counted) -> dict:
    policy = counted.policy
    told = {
        "policy-type": POLICY_TYPES.get(policy["policy-type"], "no-policy-found"),
        "policy-domain": policy.get("policy-domain") or domain,
    }
    told |= {key: policy[key] for key in ("policy-string", "mx-host") if key in policy}
    summary = {
        "total-successful-session-count": counted.successes,
        "total-failure-session-count": counted.failures,
    }
    failures = [failure(detail, sessions) for detail, sessions in counted.details]
    return {"policy": told, "summary": summary} | ({"failure-details": failures} if failures else {})


def failure(detail: dict, sessions: int) -> dict:
    told = {"result-type": RESULT_TYPES.get(detail.get("c"), "validation-failure")}
    told |= {name: detail[key] for key, name in DETAILS.items() if key in detail}
    return told | {"failed-session-count": sessions}


def packed(content: dict) -> bytes:
    return reporting.packed(json.dumps(content, indent=1).encode())


def moment(when: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(when))
