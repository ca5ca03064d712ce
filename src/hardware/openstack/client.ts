import type { Credentials } from "./credentials.ts";
import { type Answer, type Asked, ask, PATIENCE } from "./http.ts";

/** Services that a stack may need, and the types under which catalogues have them. */
const TYPES = {
  compute: ["compute"],
  image: ["image"],
  network: ["network"],
  volume: ["block-storage", "volumev3", "volume"],
} as const;

export type Service = keyof typeof TYPES;

/** The version that a path is of; catalogues have addresses with and without it. */
const VERSIONS: Readonly<Record<Service, string>> = {
  compute: "",
  image: "/v2",
  network: "/v2.0",
  volume: "",
};

/** Servers with their flavor in them (2.47) rather than a reference to it. */
const MICROVERSION = { "openstack-api-version": "compute 2.47", "x-openstack-nova-api-version": "2.47" };

/** A cloud that does not do what it is asked, in words; 0 where it did not answer at all. */
export class CloudError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
    this.name = "CloudError";
  }
}

interface Endpoint {
  readonly interface: string;
  readonly region_id?: string;
  readonly url: string;
}

interface Token {
  readonly project?: { readonly id: string; readonly name: string };
  readonly catalog?: readonly { readonly type: string; readonly endpoints: readonly Endpoint[] }[];
}

/** An OpenStack cloud as one project sees it: REST, a token, nothing else. */
export class Cloud {
  readonly #credentials: Credentials;
  readonly #token: string;
  readonly #grant: Token;

  private constructor(credentials: Credentials, token: string, grant: Token) {
    this.#credentials = credentials;
    this.#token = token;
    this.#grant = grant;
  }

  /** Logs in. @throws CloudError */
  static async open(credentials: Credentials, patience = PATIENCE): Promise<Cloud> {
    const base = credentials.url.replace(/\/+$/, "");
    const url = `${/\/v3$/.test(base) ? base : `${base}/v3`}/auth/tokens`;
    const asked: Asked = { method: "POST", body: { auth: credentials.identity } };
    const answer = await reach(url, asked, credentials, patience);
    const token = answer.headers["x-subject-token"];
    if (answer.status !== 201 || typeof token !== "string")
      throw new CloudError(reason(answer), answer.status);
    const { token: grant } = parsed<{ token: Token }>(answer);
    return new Cloud(credentials, token, grant);
  }

  get project(): { readonly id: string; readonly name: string } {
    return this.#grant.project ?? { id: "", name: "" };
  }

  /** Whether the catalogue has it, in the region that is asked for. */
  has(service: Service): boolean {
    return this.#base(service) !== undefined;
  }

  /** Regions of the catalogue's services. */
  get regions(): string[] {
    const all =
      this.#grant.catalog?.flatMap(({ endpoints }) => endpoints.flatMap(({ region_id: id }) => id ?? [])) ??
      [];
    return [...new Set(all)].sort();
  }

  async get<T>(service: Service, path: string): Promise<T> {
    return parsed<T>(await this.#ask(service, path, { method: "GET" }));
  }

  /** All of a collection, page after page. @param key under which an answer has it */
  async list<T>(service: Service, path: string, key: string): Promise<T[]> {
    const items: T[] = [];
    let next: string | undefined = path;
    for (let page = 0; next !== undefined && page < PAGES; page += 1) {
      const answer: Readonly<Record<string, unknown>> = await this.get(service, next);
      items.push(...((answer[key] as T[] | undefined) ?? []));
      next = following(answer, key, path);
    }
    return items;
  }

  /** Takes something away; that it is gone already is no error. */
  async remove(service: Service, path: string): Promise<void> {
    await this.#ask(service, path, { method: "DELETE" }, [404]);
  }

  async put(service: Service, path: string, body: unknown): Promise<void> {
    await this.#ask(service, path, { method: "PUT", body }, [404]);
  }

  async #ask(service: Service, path: string, asked: Asked, fine: readonly number[] = []): Promise<Answer> {
    const base = this.#base(service);
    if (base === undefined) throw new CloudError(`its catalogue has no ${service} service`, 0);
    const extra = service === "compute" ? MICROVERSION : {};
    const headers = { ...extra, "x-auth-token": this.#token };
    const answer = await reach(`${base}${path}`, { ...asked, headers }, this.#credentials);
    if (answer.status < 300 || fine.includes(answer.status)) return answer;
    throw new CloudError(reason(answer), answer.status);
  }

  #base(service: Service): string | undefined {
    const types: readonly string[] = TYPES[service];
    const endpoints = types.flatMap(
      (type) => this.#grant.catalog?.filter((item) => item.type === type) ?? [],
    );
    const { region, interface: side } = this.#credentials;
    const found = endpoints
      .flatMap((item) => item.endpoints)
      .find((one) => one.interface === side && (region === undefined || one.region_id === region));
    if (found === undefined) return undefined;
    const version = VERSIONS[service];
    const url = found.url.replace(/\/+$/, "");
    return version !== "" && !url.endsWith(version) ? `${url}${version}` : url;
  }
}

/** More than a project has of anything. */
const PAGES = 20;

async function reach(url: string, asked: Asked, trust: Credentials, patience?: number): Promise<Answer> {
  try {
    return await ask(url, asked, trust, patience);
  } catch (error) {
    throw new CloudError(`${new URL(url).origin} does not answer: ${(error as Error).message}`, 0);
  }
}

function parsed<T>(answer: Answer): T {
  try {
    return JSON.parse(answer.body) as T;
  } catch {
    throw new CloudError(
      `the answer is not JSON, so this is no OpenStack: ${answer.body.slice(0, 80)}`,
      answer.status,
    );
  }
}

/** The sentence that a service sends along with an error; each wraps it in another way. */
export function reason({ status, body }: Pick<Answer, "status" | "body">): string {
  const said = messageIn(body) ?? "";
  return `HTTP ${status}${said === "" ? "" : `: ${said}`}`;
}

function messageIn(body: string): string | undefined {
  try {
    const [first] = Object.values(JSON.parse(body) as Record<string, unknown>);
    if (typeof first === "string") return first;
    const message = (first as { message?: unknown } | undefined)?.message;
    return typeof message === "string" ? message : undefined;
  } catch {
    return /<title>([^<]*)<\/title>/i.exec(body)?.[1];
  }
}

/** The next page's path: Glance says `next`, the others `<key>_links`. */
function following(answer: Readonly<Record<string, unknown>>, key: string, path: string): string | undefined {
  const links = answer[`${key}_links`] as readonly { rel: string; href: string }[] | undefined;
  const next = answer.next ?? links?.find(({ rel }) => rel === "next")?.href;
  if (typeof next !== "string") return undefined;
  const query = next.split("?")[1];
  return query === undefined ? undefined : `${path.split("?")[0]}?${query}`;
}
