"""The program that reads reports, and reports as others write them."""

import gzip
import io
import os
import sys
import zipfile
from email.message import EmailMessage

HOST = os.path.join(os.path.dirname(__file__), "../../../../host")
sys.path[:0] = [os.path.join(HOST, "reports/reports")]
sys.dont_write_bytecode = True

# The shape of Google's.
GOOGLE = b"""<?xml version="1.0" encoding="UTF-8" ?>
<feedback>
  <version>1.0</version>
  <report_metadata>
    <org_name>google.com</org_name>
    <email>noreply-dmarc-support@google.com</email>
    <report_id>10123456789</report_id>
    <date_range><begin>1795564800</begin><end>1795651199</end></date_range>
  </report_metadata>
  <policy_published><domain>example.test</domain><adkim>r</adkim><aspf>r</aspf><p>reject</p><sp>reject</sp></policy_published>
  <record>
    <row>
      <source_ip>203.0.113.129</source_ip><count>12</count>
      <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>pass</spf></policy_evaluated>
    </row>
    <identifiers><header_from>example.test</header_from></identifiers>
    <auth_results>
      <dkim><domain>example.test</domain><result>pass</result><selector>rsa1</selector></dkim>
      <dkim><domain>example.test</domain><result>pass</result><selector>ed1</selector></dkim>
      <spf><domain>example.test</domain><result>pass</result></spf>
    </auth_results>
  </record>
  <record>
    <row>
      <source_ip>198.51.100.7</source_ip><count>3</count>
      <policy_evaluated><disposition>reject</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated>
    </row>
    <identifiers><header_from>example.test</header_from></identifiers>
    <auth_results><spf><domain>spammer.test</domain><result>pass</result></spf></auth_results>
  </record>
</feedback>
"""
# The shape of Microsoft's: another order, namespaces, an address in IPv6.
MICROSOFT = b"""<?xml version="1.0"?>
<feedback xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <version>1.0</version>
  <report_metadata><org_name>Enterprise Outlook</org_name><email>dmarcreport@microsoft.com</email>
  <report_id>f6c0ffee</report_id><date_range><begin>1795564800</begin><end>1795651200</end></date_range></report_metadata>
  <policy_published><domain>Example.Test</domain><adkim>r</adkim><aspf>r</aspf><p>reject</p><sp>reject</sp><pct>100</pct><fo>0</fo></policy_published>
  <record><row><source_ip>2001:db8::25</source_ip><count>2</count>
  <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>
  <identifiers><envelope_to>outlook.com</envelope_to><envelope_from>list.test</envelope_from><header_from>example.test</header_from></identifiers>
  <auth_results><dkim><domain>example.test</domain><selector>rsa1</selector><result>pass</result></dkim></auth_results></record>
</feedback>
"""
TLS = b"""{"organization-name":"Google Inc.","date-range":{"start-datetime":"2026-11-25T00:00:00Z","end-datetime":"2026-11-25T23:59:59Z"},
"contact-info":"smtp-tls-reporting@google.com","report-id":"2026-11-25T00:00:00Z_example.test",
"policies":[{"policy":{"policy-type":"sts","policy-string":["version: STSv1","mode: enforce","mx: mx1.example.test","max_age: 86400"],"policy-domain":"example.test"},
"summary":{"total-successful-session-count":41,"total-failure-session-count":2},
"failure-details":[{"result-type":"certificate-expired","sending-mta-ip":"203.0.113.25","receiving-mx-hostname":"mx1.example.test","failed-session-count":2}]}]}"""


def message(content: bytes, subtype: str = "gzip", name: str = "google.com!example.test!1!2.xml.gz") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "noreply@google.com", "dmarc-reports@example.test"
    mail["Subject"] = "Report domain: example.test"
    mail.set_content("This is an aggregate report.")
    mail.add_attachment(content, maintype="application", subtype=subtype, filename=name)
    return mail.as_bytes()


def zipped(*files: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for number, content in enumerate(files):
            archive.writestr(f"{number}.xml", content)
    return target.getvalue()


def gzipped(content: bytes) -> bytes:
    return gzip.compress(content)
