"""Reports of TLS on the way to this server (RFC 8460 section 4)."""

import json

from parts import Unreadable

TEXT_MAX = 200
POLICIES_MAX = 100


def parse(document: bytes) -> dict:
    try:
        report = json.loads(document)
        policies = report["policies"][:POLICIES_MAX]
        domains: dict[str, dict] = {}
        failures: dict[str, int] = {}
        for policy in policies:
            name = str(policy["policy"]["policy-domain"]).lower()[:TEXT_MAX]
            summary = policy["summary"]
            known = domains.setdefault(name, {"ok": 0, "failed": 0})
            known["ok"] += number(summary["total-successful-session-count"])
            known["failed"] += number(summary["total-failure-session-count"])
            for detail in policy.get("failure-details") or []:
                kind = str(detail["result-type"])[:TEXT_MAX]
                failures[kind] = failures.get(kind, 0) + number(detail.get("failed-session-count", 0))
                if len(failures) > POLICIES_MAX:
                    raise Unreadable("JSON: too many sorts of failure")
        return {
            "kind": "tls",
            "from": str(report.get("organization-name", ""))[:TEXT_MAX],
            "id": str(report.get("report-id", ""))[:TEXT_MAX],
            "domains": domains,
            "failures": failures,
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(f"JSON: it is no TLS report ({type(error).__name__})") from None


def number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**12:
        raise ValueError("no number of sessions")
    return value
