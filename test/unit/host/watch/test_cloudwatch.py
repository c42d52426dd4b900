import unittest
import urllib.parse

import support  # noqa: F401

import cloudwatch
from measures import Disk, Measures

NOW = Measures(
    at=1_000_000.0,
    queue={"messages": 1, "oldest": "1970-01-12T12:46:40+00:00"},
    certificates={"host": 1_000_000.0 + 20 * 86_400},
    warnings=[],
    state="ready",
    disks={"data": Disk(100, 40, 60), "root": Disk(100, 70, 30)},
    memory={},
    bans=None,
)


class Numbers(unittest.TestCase):
    def test_of_alarms_are_the_fullest_disk_the_oldest_mail_and_the_days_of_the_certificate(self) -> None:
        self.assertEqual(
            cloudwatch.values(NOW),
            {
                "DiskUsedPercent": (70.0, "Percent"),
                "QueueOldestSeconds": (3600.0, "Seconds"),
                "CertificateDaysLeft": (20.0, "None"),
            },
        )

    def test_that_are_not_known_are_not_told(self) -> None:
        unknown = Measures(1.0, None, {}, [], None, {}, {}, None)
        self.assertEqual(cloudwatch.values(unknown), {})

    def test_are_sent_with_the_host_as_their_dimension(self) -> None:
        sent = dict(urllib.parse.parse_qsl(cloudwatch.form("Mailserver", "mx1.example.test", {"A": (1.5, "Percent")})))
        self.assertEqual(
            sent,
            {
                "Action": "PutMetricData",
                "Version": "2010-08-01",
                "Namespace": "Mailserver",
                "MetricData.member.1.MetricName": "A",
                "MetricData.member.1.Value": "1.500",
                "MetricData.member.1.Unit": "Percent",
                "MetricData.member.1.Dimensions.member.1.Name": "Host",
                "MetricData.member.1.Dimensions.member.1.Value": "mx1.example.test",
            },
        )

    def test_that_are_refused_are_told_in_cloudwatch_s_words(self) -> None:
        answer = b'<ErrorResponse xmlns="http://x/"><Error><Code>AccessDenied</Code><Message>No</Message></Error></ErrorResponse>'
        self.assertEqual(cloudwatch.words(answer), "AccessDenied No")
        self.assertEqual(cloudwatch.words(b"<html>"), "<html>")


if __name__ == "__main__":
    unittest.main()
