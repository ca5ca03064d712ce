import { servicePage } from "../curriculum/pages.ts";
import type { Values } from "../curriculum/tokens.ts";
import type { Role } from "../curriculum/types.ts";
import type { PlannedNode } from "../hardware/planned-node.ts";
import { type Html, html, join } from "./html.ts";
import type { Known } from "./marks.ts";
import { badge, code, labLine, type RolesOf } from "./parts.ts";
import { labName } from "./step-section.ts";
import type { HandbookService, Page, Place, Source } from "./types.ts";

/** The drawing of the lab, beside the pages. */
export const TOPOLOGY = "assets/topology.svg";

const SECTIONS = [
  ["lab", "This lab"],
  ["typing", "How to type the commands"],
  ["reading", "How to read this handbook"],
  ["keys", "Keys"],
] as const;

/** What the first page is made from. */
export interface Start {
  readonly source: Source;
  readonly nodes: readonly PlannedNode[];
  readonly course: readonly HandbookService[];
  readonly known: Known;
  readonly rolesOf: RolesOf;
}

/** The first page: this very lab, and how to use the book. */
export function startPage(start: Start): Page {
  const { source } = start;
  return {
    path: "index.html",
    title: `${labName(source.config.lab)} on ${source.stack}`,
    short: "This lab",
    part: "start",
    group: "Start",
    sections: SECTIONS.map(([id, title]) => ({ id, title, text: "" })),
    body: (place) => html`${lead(start)}
${SECTIONS.map(([id, title]) => {
  if (place.paper && id === "keys") return undefined;
  return html`<section aria-labelledby="${place.prefix}${id}"><h2 id="${place.prefix}${id}">${title}</h2>${BODIES[id](start, place)}</section>`;
})}`,
  };
}

function lead({ source, course }: Start): Html {
  const steps = course.flatMap((service) => service.steps).filter(({ current }) => current);
  const total = steps.length;
  const done = steps.filter((step) => step.done === step.total).length;
  const state = !source.observed.exists
    ? "It is not built yet, so this handbook is made from its configuration: words in capitals stand for what only a built lab knows, its passwords above all."
    : done === total
      ? `All ${total} of its steps are done.`
      : `${done} of its ${total} steps are done.`;
  return html`<p class="lead">OpenStack ${source.config.release}, built from scratch: what it is made of, every step of building it with the commands for this very lab, and the way of a request through it. ${state}</p>`;
}

const BODIES: Readonly<Record<(typeof SECTIONS)[number][0], (start: Start, place: Place) => Html>> = {
  lab: (start, place) => html`${drawing(start, place)}${table(start)}${addresses(start, place)}`,
  typing,
  reading: ({ source, course }, { root }) => {
    const first = course[0]?.service;
    const passwords = source.share
      ? html`This copy holds no passwords: words in capitals stand for them.`
      : html`Passwords are hidden until you click them; copied commands hold them. Do not hand this folder on: <code>lab handbook --share</code> makes one without.`;
    return html`<p><b>Part 1</b> tells what OpenStack is made of, how its networks work, and what object storage is. <b>Part 2</b> is the course: <a href="${root}labs/lab001.html">the order of Lab001</a>, <a href="${root}labs/lab002.html">that of Lab002</a>, and a page for each service, from <a href="${root}${servicePage(first?.id ?? "")}">${first?.title}</a> on. <b>Part 3</b> follows <a href="${root}flow.html">one request</a> through all of it.</p>
<p>Each step says why it is done, what to type and where, what you should now see, how to check it, and how to go back. ${passwords}</p>`;
  },
  keys: () => html`<p>The pages are meant for the keyboard too.</p>
<div class="wide"><table class="keys"><tbody>${KEYS.map(
    ([key, what]) =>
      html`<tr><th>${join(
        key.split(" ").map((one) => html`<kbd>${one}</kbd>`),
        " ",
      )}</th><td>${what}</td></tr>`,
  )}</tbody></table></div>`,
};

const KEYS: readonly (readonly [key: string, what: string])[] = [
  ["/", "search; ↑ and ↓ choose, Enter goes there, Esc leaves"],
  ["n p", "next page, page before"],
  ["j k", "next step or heading, the one before"],
  ["c", "copy the first block of the step you are at"],
  ["t", "light or dark"],
];

function typing({ source, rolesOf, known }: Start, place: Place): Html {
  const here = html`This machine, in the checkout`;
  const control =
    Object.keys(source.config.nodes).find((name) => rolesOf(name).includes("control")) ?? "control";
  return html`<p>Above every block stands where it is typed: a node, as root, or this machine, as yourself. This logs you in to a node:</p>
${code({ text: labLine(source.stack, `ssh ${control}`), label: here }, known, place)}
<p>The blocks are plain POSIX shell. Where a line ends in <code>&lt;&lt;'END'</code>, all up to the line <code>END</code> belongs to it: copy it whole. Options of ini files are set with <code>crudini</code>, which keeps the comments of the file and is not on a node by itself. Install it once, on every node you type on:</p>
${code({ text: "apt-get update\napt-get install --yes --no-install-recommends crudini", label: html`${badge("every node", () => [])} <span>as root</span>`, data: html` data-prepare="crudini"` }, known, place)}
<p>The <code>openstack</code> client takes the administrator's login from <code>/etc/openstack/clouds.yaml</code> once that is written, by <code>export OS_CLOUD=admin</code>. Blocks that need it say so themselves; a new session has it already.</p>
<p>Type a block once. What is said to <i>create</i> something complains, or creates a second one, where it is there already: <code>lab redo</code> is the safe way to repeat a step.</p>`;
}

/** As a picture of its own: so its styles stay its own, and it is light or dark as the page around it is. */
function drawing({ source }: Start, { root }: Place): Html | undefined {
  if (source.topology === undefined) return undefined;
  const picture = `${root}${TOPOLOGY}`;
  return html`<figure class="topology" tabindex="0"><a href="${picture}"><img src="${picture}" alt="Nodes, networks, bridges and services of this lab. The table below has the addresses."></a></figure>`;
}

function table({ source, nodes, rolesOf }: Start): Html {
  const facts = (name: string) => source.observed.nodes.find((node) => node.name === name)?.facts;
  // A node is nearly always called like the one role it has.
  const telling = nodes.some(({ name, roles }) => roles.join() !== name);
  return html`<div class="wide"><table><thead><tr><th>Node</th>${telling ? html`<th>Roles</th>` : undefined}<th>Management</th><th>Tunnels</th><th>Provider</th><th>Found out</th></tr></thead><tbody>${nodes.map(
    ({ name, roles, addresses }) =>
      html`<tr><th>${badge(name, rolesOf)}</th>${telling ? html`<td>${roles.join(", ")}</td>` : undefined}<td><code>${addresses.management}</code></td><td><code>${addresses.tunnel}</code></td><td><code>${addresses.provider}</code></td><td class="words">${foundOut(roles, facts(name))}</td></tr>`,
  )}</tbody></table></div>`;
}

/** What a node can do, as far as its work needs it. */
function foundOut(roles: readonly Role[], facts: Values | undefined): string {
  if (facts === undefined) return "when it is built";
  const servers = roles.includes("compute")
    ? [`servers by ${facts.virt_type === "kvm" ? "KVM" : "emulation"}`]
    : [];
  const switches = roles.some((role) => role === "compute" || role === "network");
  const packets = switches ? [`packets in ${facts.datapath === "kernel" ? "the kernel" : "user space"}`] : [];
  return [...servers, ...packets].join(", ") || "–";
}

function addresses({ source, nodes, known }: Start, place: Place): Html {
  const control = nodes.find(({ roles }) => roles.includes("control"))?.addresses.management ?? "";
  const dashboard = `http://${control}/horizon/`;
  const label = html`<span>Password of the user admin, domain Default</span>`;
  return html`<p>The dashboard is at <a href="${dashboard}">${dashboard}</a>, Keystone at <code>http://${control}:5000/v3</code>; networks ${networks(source)}.</p>
${code({ text: "%%secret:keystone/admin%%", label }, known, place)}`;
}

const networks = ({ config }: Source): Html =>
  join(
    Object.entries(config.hardware.networks).map(([name, { cidr }]) => html`${name} <code>${cidr}</code>`),
    ", ",
  );
