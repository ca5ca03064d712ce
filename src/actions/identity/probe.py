import json  # not sent
import sys  # not sent

from api_client import Refused, Trouble, log_in, request  # not sent


DOMAIN = "default"


class Keystone:
    """All there is of a kind, read when it is first asked for."""

    def __init__(self):
        self.url, self.region, self.token, _ = log_in()
        self.known = {}

    def all(self, path):
        if path not in self.known:
            answer = request("Keystone", "GET", "%s/%s" % (self.url, path), None, self.token)[0]
            self.known[path] = answer[path.split("?")[0]]
        return self.known[path]

    def named(self, path, name):
        return next((found for found in self.all(path) if found["name"] == name), None)

    def roles(self, user, project):
        return sorted(
            found["role"]["name"]
            for found in self.all("role_assignments?include_names=true")
            if found.get("user", {}).get("id") == user["id"]
            and found["scope"].get("project", {}).get("id") == project["id"]
        )

    def endpoints(self, service, wanted):
        region = wanted.get("region", self.region)
        return {
            found["interface"]: found["url"] if found["enabled"] else "disabled"
            for found in self.all("endpoints")
            if found["service_id"] == service["id"] and found["region_id"] == region
        }

    def accepts(self, wanted):
        """Whether the user can log in with the wanted password."""
        user = {"name": wanted["name"], "password": wanted["password"], "domain": {"id": DOMAIN}}
        identity = {"methods": ["password"], "password": {"user": user}}
        try:
            request("Keystone", "POST", self.url + "/auth/tokens", {"auth": {"identity": identity, "scope": "unscoped"}})
            return True
        except Refused as refused:
            if refused.status != 401:
                raise
            return False


def look(keystone, want):
    projects, users = "projects?domain_id=" + DOMAIN, "users?domain_id=" + DOMAIN
    answer = {"projects": {}, "roles": {}, "users": {}, "services": {}}
    for wanted in want["projects"]:
        found = keystone.named(projects, wanted["name"])
        answer["projects"][wanted["name"]] = found and found["enabled"]
    for name in want["roles"]:
        answer["roles"][name] = bool(keystone.named("roles", name))
    for wanted in want["users"]:
        user, project = keystone.named(users, wanted["name"]), keystone.named(projects, wanted["project"])
        answer["users"][wanted["name"]] = user and {
            "enabled": user["enabled"],
            "accepted": keystone.accepts(wanted),
            "roles": keystone.roles(user, project) if project else [],
        }
    for wanted in want["services"]:
        known = [found for found in keystone.all("services") if found["type"] == wanted["type"]]
        service = next((found for found in known if found["name"] == wanted["name"]), None)
        answer["services"][wanted["name"]] = service and {
            "enabled": service["enabled"],
            "endpoints": keystone.endpoints(service, wanted),
        }
    print(json.dumps(answer))


def main(wants):
    try:
        keystone = Keystone()
        for at, want in enumerate(wants):
            if at:
                print("@@NEXT@@")
            look(keystone, want)
    except Trouble as trouble:
        sys.stdout.flush()
        sys.exit(str(trouble))
