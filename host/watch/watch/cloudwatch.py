"""Tells Amazon CloudWatch what the stack's alarms are about (PutMetricData, by the query protocol)."""

import http.client
import json
import ssl
import urllib.parse
import xml.etree.ElementTree
from pathlib import Path

import cloud
from cloud import CloudError, Metadata
from measures import Measures

BOOT = Path("/etc/mailserver/boot.json")
AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
VERSION = "2010-08-01"


def values(now: Measures) -> dict[str, tuple[float, str]]:
    """By name, with CloudWatch's unit. What is not known is left out, and its alarm stays as it is."""
    told = {
        "DiskUsedPercent": (max((disk.percent for disk in now.disks.values()), default=None), "Percent"),
        "QueueOldestSeconds": (now.queue_seconds, "Seconds"),
        "CertificateDaysLeft": (now.days_left("host"), "None"),
    }
    return {name: (value, unit) for name, (value, unit) in told.items() if value is not None}


def form(namespace: str, hostname: str, told: dict[str, tuple[float, str]]) -> str:
    fields = {"Action": "PutMetricData", "Version": VERSION, "Namespace": namespace}
    for number, (name, (value, unit)) in enumerate(told.items(), 1):
        member = f"MetricData.member.{number}"
        fields |= {
            f"{member}.MetricName": name,
            f"{member}.Value": f"{value:.3f}",
            f"{member}.Unit": unit,
            f"{member}.Dimensions.member.1.Name": "Host",
            f"{member}.Dimensions.member.1.Value": hostname,
        }
    return urllib.parse.urlencode(fields)


def put(namespace: str, hostname: str, now: Measures) -> None:
    """@raises CloudError with CloudWatch's own words"""
    region = json.loads(BOOT.read_text())["region"]
    host = f"monitoring.{region}.amazonaws.com"
    body = form(namespace, hostname, values(now)).encode()
    signed = cloud.sign("POST", host, "/", body, region, Metadata().credentials(), cloud.now(), "monitoring")
    tls = ssl.create_default_context(cafile=AUTHORITIES)
    connection = http.client.HTTPSConnection(host, timeout=cloud.TIMEOUT, context=tls)
    headers = signed | {"Content-Type": "application/x-www-form-urlencoded"}
    status, _, answer = cloud.exchange(connection, "POST", "/", headers, body)
    if status != 200:
        raise CloudError(f"CloudWatch: {status}: {words(answer)}")


def words(answer: bytes) -> str:
    try:
        told = xml.etree.ElementTree.fromstring(answer[:10_000]).iter()
        return " ".join(element.text or "" for element in told if element.tag.endswith(("}Code", "}Message")))
    except xml.etree.ElementTree.ParseError:
        return answer[:200].decode(errors="replace")
