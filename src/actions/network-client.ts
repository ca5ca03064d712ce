import { API_CLIENT } from "./api-client.ts";

/** Logs in to Keystone and talks to Neutron. */
export const NETWORK_CLIENT = `
${API_CLIENT}


class Neutron:
    """Objects of the administrator's project, each list read once."""

    def __init__(self):
        keystone, region, login = credentials()
        answer, headers = request("Keystone", "POST", keystone + "/auth/tokens", login)
        self.token = headers["X-Subject-Token"]
        self.project = answer["token"]["project"]["id"]
        self.url = endpoint(answer["token"].get("catalog", []), region) + "/v2.0/"
        self.known = {}

    def ask(self, method, path, body=None):
        for tries in range(1, TRIES + 1):
            try:
                return request("Neutron", method, self.url + path, body, self.token)[0]
            except Refused as refused:
                if refused.status != 503 or tries == TRIES:
                    raise
                time.sleep(tries / 5)

    def all(self, path):
        if path not in self.known:
            self.known[path] = self.list(path, project_id=self.project)
        return self.known[path]

    def list(self, path, **match):
        return self.ask("GET", "%s?%s" % (path, urllib.parse.urlencode(match)))[path.replace("-", "_")]

    def create(self, path, body):
        singular = path.replace("-", "_")[:-1]
        made = self.ask("POST", path, {singular: body})[singular]
        self.known.setdefault(path, []).append(made)
        return made

    def update(self, path, found, body):
        singular = path.replace("-", "_")[:-1]
        found.update(self.ask("PUT", "%s/%s" % (path, found["id"]), {singular: body})[singular])

    def delete(self, path, id):
        try:
            self.ask("DELETE", "%s/%s" % (path, id))
        except Refused as refused:
            if refused.status != 404:
                raise


def endpoint(catalog, region):
    for service in catalog:
        for known in service["endpoints"] if service["type"] == "network" else []:
            if known["interface"] == "public" and known["region_id"] == region:
                return known["url"].rstrip("/").removesuffix("/v2.0")
    raise Trouble("Neutron: the catalog names no public endpoint of type network in region %s" % region)
`.trim();
