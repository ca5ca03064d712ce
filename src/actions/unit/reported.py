"""Whether units of this node have reported to their API since they were started; prints those that have not."""  # not sent

import calendar
import socket
import subprocess
import sys  # not sent
import time  # not sent
import urllib.parse  # not sent

from api_client import Trouble, request  # not sent

RECENT = 75  # seconds: the longest time after which an API counts a service as down


def started(unit):
    command = ["systemctl", "show", "--timestamp=unix", "--property=InactiveExitTimestamp", "--value", unit]
    text = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    return int(text.lstrip("@") or 0)


def seconds(text):
    """Seconds since the epoch, of a time in UTC as the APIs write it."""
    return calendar.timegm(time.strptime(text[:19].replace("T", " "), "%Y-%m-%d %H:%M:%S"))


def unreported(rows, units, host, starts, now):
    """A line for each unit without a report that is later than its start, and recent."""
    lines = []
    for unit in units:
        times = [
            row.get("updated_at") or row.get("heartbeat_timestamp")
            for row in rows
            if row["binary"] == unit and row["host"].split("@")[0] == host
        ]
        last = max((seconds(text) for text in times if text), default=None)
        if last is None:
            lines.append("%s on %s has never reported" % (unit, host))
        elif last <= starts[unit]:
            lines.append("%s on %s has not reported since its start %d s ago" % (unit, host, now - starts[unit]))
        elif last < now - RECENT:
            lines.append("%s on %s has not reported for %d s" % (unit, host, now - last))
    return lines


def main(wanted):
    domain = {"name": "Default"}
    user = {"name": wanted["user"], "password": wanted["password"], "domain": domain}
    identity = {"methods": ["password"], "password": {"user": user}}
    login = {"auth": {"identity": identity, "scope": {"project": {"name": "service", "domain": domain}}}}
    host = socket.gethostname()
    url = "%s?%s" % (wanted["url"], urllib.parse.urlencode({"host": host}))
    try:
        headers = request("Keystone", "POST", wanted["keystone"] + "/auth/tokens", login)[1]
        answer = request(wanted["user"], "GET", url, None, headers["X-Subject-Token"])[0]
    except Trouble as trouble:
        sys.exit(str(trouble))
    rows = answer.get("services") or answer.get("agents") or []
    starts = {unit: started(unit) for unit in wanted["units"]}
    lines = unreported(rows, wanted["units"], host, starts, int(time.time()))
    if lines:
        sys.exit("; ".join(lines))
