import http.client, json, os, sys, time, urllib.error, urllib.parse, urllib.request

CLOUDS = os.environ.get("OS_CLIENT_CONFIG_FILE", "/etc/openstack/clouds.yaml")
TIMEOUT = 30  # seconds
TRIES = 4  # where a service cannot do it just now (503) and has done nothing

# What the environment says about proxies is for the world outside, not for the cloud.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Trouble(Exception):
    """Ends the program; its text is for the reader."""


class Refused(Trouble):
    def __init__(self, who, status, message):
        super().__init__("%s: %s %s" % (who, status, message))
        self.status = status


def credentials():
    """Keystone's address, the region and the request for a token. Every value is text: a password may look like a number."""
    try:
        import yaml

        with open(CLOUDS, encoding="utf-8") as file:
            cloud = yaml.load(file, getattr(yaml, "CBaseLoader", yaml.BaseLoader))["clouds"]["admin"]
        auth = cloud["auth"]
        user = {"name": auth["username"], "password": auth["password"]}
        user["domain"] = {"name": auth["user_domain_name"]}
        project = {"name": auth["project_name"], "domain": {"name": auth["project_domain_name"]}}
        identity = {"methods": ["password"], "password": {"user": user}}
        login = {"auth": {"identity": identity, "scope": {"project": project}}}
        return auth["auth_url"].rstrip("/").removesuffix("/v3") + "/v3", cloud["region_name"], login
    except (OSError, ImportError) as problem:
        raise Trouble("%s cannot be read: %s" % (CLOUDS, problem))
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, UnicodeDecodeError):
        # What they say may quote the password.
        raise Trouble("%s does not describe the cloud admin" % CLOUDS) from None


def request(who, method, url, body=None, token=""):
    """Answer and headers; a Refused where there is a status of error, a Trouble where there is no answer."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if token:
        headers["X-Auth-Token"] = token
    data = None if body is None else json.dumps(body).encode()
    try:
        wanted = urllib.request.Request(url, data, headers, method=method)
        with OPENER.open(wanted, timeout=TIMEOUT) as answer:
            text = answer.read()
            return (json.loads(text) if text else {}), answer.headers
    except urllib.error.HTTPError as problem:
        raise Refused(who, problem.code, message(problem)) from None
    except (OSError, http.client.HTTPException) as problem:
        why = getattr(problem, "reason", None) or problem
        raise Trouble("%s: no answer from %s: %s" % (who, url.split("?")[0], why)) from None
    except ValueError:
        raise Trouble("%s: %s does not answer with JSON" % (who, url.split("?")[0])) from None


def log_in():
    """Keystone's address, the region, a token, and what Keystone says of it."""
    keystone, region, login = credentials()
    answer, headers = request("Keystone", "POST", keystone + "/auth/tokens", login)
    return keystone, region, headers["X-Subject-Token"], answer["token"]


def endpoint(who, kind, token, region):
    for service in token.get("catalog", []):
        for known in service["endpoints"] if service["type"] == kind else []:
            if known["interface"] == "public" and known["region_id"] == region:
                return known["url"].rstrip("/")
    raise Trouble("%s: the catalog names no public endpoint of type %s in region %s" % (who, kind, region))


def patiently(who, method, url, body, token):
    for tries in range(1, TRIES + 1):
        try:
            return request(who, method, url, body, token)[0]
        except Refused as refused:
            if refused.status != 503 or tries == TRIES:
                raise
            time.sleep(tries / 5)


def message(problem):
    """What Neutron or Keystone says about an error, in one line."""
    try:
        answer = json.loads(problem.read())
        error = answer.get("NeutronError") or answer.get("error") or problem.reason
    except (OSError, http.client.HTTPException, ValueError, AttributeError):
        error = problem.reason
    return " ".join(str(error.get("message", "") if isinstance(error, dict) else error).split())
