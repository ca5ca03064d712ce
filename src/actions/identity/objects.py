import json, os, subprocess, sys

os.environ.pop("OS_CLOUD", None)
import openstack
from keystoneauth1 import exceptions, session
from keystoneauth1.identity import v3

DOMAIN = "default"
INTERFACES = ("public", "internal", "admin")


class Lab:
    def __init__(self):
        self.cloud = openstack.connect(cloud="admin")
        self.identity = self.cloud.identity
        self.region = self.cloud.config.get_region_name()
        self.auth_url = self.cloud.config.get_auth_args()["auth_url"]

    def project(self, name):
        return first(self.identity.projects(name=name, domain_id=DOMAIN))

    def user(self, name):
        return first(self.identity.users(name=name, domain_id=DOMAIN))

    def role(self, name):
        return first(self.identity.roles(name=name))

    def service(self, wanted):
        return first(self.identity.services(name=wanted["name"], type=wanted["type"]))

    def region_of(self, wanted):
        return wanted.get("region", self.region)

    def endpoints(self, service, wanted):
        found = self.identity.endpoints(service_id=service.id)
        return {e.interface: e for e in found if e.region_id == self.region_of(wanted)}

    def roles(self, user, project):
        found = self.identity.role_assignments(
            user_id=user.id, scope_project_id=project.id, include_names=True
        )
        return sorted(a.role["name"] for a in found)

    def accepts(self, user):
        """Whether the user can log in with the wanted password."""
        auth = v3.Password(
            self.auth_url, username=user["name"], password=user["password"], user_domain_id=DOMAIN, unscoped=True
        )
        try:
            return bool(session.Session(auth=auth).get_token())
        except exceptions.Unauthorized:
            return False


def first(found):
    return next(iter(found), None)


def say(*words):
    print(*words, flush=True)


def make(lab, want):
    for wanted in want["projects"]:
        project = lab.project(wanted["name"])
        if project and not project.is_enabled:
            lab.identity.update_project(project, is_enabled=True)
            say("project", wanted["name"], "enabled")
        if not project:
            lab.identity.create_project(
                name=wanted["name"], domain_id=DOMAIN, description=wanted.get("description", "")
            )
            say("project", wanted["name"], "made")
    for name in want["roles"]:
        if not lab.role(name):
            lab.identity.create_role(name=name)
            say("role", name, "made")
    for wanted in want["users"]:
        make_user(lab, wanted)
    for wanted in want["services"]:
        make_service(lab, wanted)
    say("identity is as wanted")


def make_user(lab, wanted):
    user = lab.user(wanted["name"])
    made = not user
    if made:
        user = lab.identity.create_user(name=wanted["name"], domain_id=DOMAIN, password=wanted["password"])
        say("user", wanted["name"], "made")
    elif not user.is_enabled or not lab.accepts(wanted):
        lab.identity.update_user(user, password=wanted["password"], is_enabled=True)
        say("user", wanted["name"], "enabled, password set")
    project = lab.project(wanted["project"])
    have = lab.roles(user, project)
    for name in wanted["roles"]:
        if name not in have:
            lab.identity.assign_project_role_to_user(project, user, lab.role(name))
            say("user", wanted["name"], "is now", name, "in", wanted["project"])
    # Those that run know the user that was there before; on a new node they are not even installed yet.
    running = [unit for unit in wanted.get("units", []) if made and is_running(unit)]
    if running:
        subprocess.run(["systemctl", "restart", *running], check=True)


def is_running(unit):
    return subprocess.run(["systemctl", "is-active", "--quiet", unit]).returncode == 0


def make_service(lab, wanted):
    service = lab.service(wanted)
    if not service:
        service = lab.identity.create_service(
            name=wanted["name"], type=wanted["type"], description=wanted["description"]
        )
        say("service", wanted["name"], "made")
    elif not service.is_enabled:
        lab.identity.update_service(service, is_enabled=True)
        say("service", wanted["name"], "enabled")
    have = lab.endpoints(service, wanted)
    for interface in INTERFACES:
        known = have.get(interface)
        if not known:
            lab.identity.create_endpoint(
                service_id=service.id, interface=interface, region_id=lab.region_of(wanted), url=wanted["url"]
            )
            say("endpoint", interface, "of", wanted["name"], "made")
        elif known.url != wanted["url"] or not known.is_enabled:
            lab.identity.update_endpoint(known, url=wanted["url"], is_enabled=True)
            say("endpoint", interface, "of", wanted["name"], "changed")


def remove(lab, want):
    for wanted in want["services"]:
        service = lab.service(wanted)
        if service:
            lab.identity.delete_service(service)
    for wanted in want["users"]:
        user = lab.user(wanted["name"])
        if user:
            lab.identity.delete_user(user)
    for name in want["roles"]:
        role = lab.role(name)
        if role:
            remove_role(lab, role)
    for wanted in want["projects"]:
        project = lab.project(wanted["name"])
        if project:
            lab.identity.delete_project(project)


def remove_role(lab, role):
    """Keystone made some roles itself when it was bootstrapped, and keeps these."""
    try:
        lab.identity.delete_role(role)
    except openstack.exceptions.ForbiddenException:
        say("role", role.name, "is Keystone's own: kept")


def main(want):
    try:
        {"make": make, "remove": remove}[want["do"]](Lab(), want)
    except (exceptions.ClientException, openstack.exceptions.SDKException) as problem:
        sys.exit("Keystone: %s: %s" % (type(problem).__name__, problem))
