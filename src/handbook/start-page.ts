import { servicePage } from "../curriculum/pages.ts";
import type { Values } from "../curriculum/tokens.ts";
import type { Role } from "../curriculum/types.ts";
import type { PlannedNode } from "../hardware/planned-node.ts";
import { type Html, html, join } from "./html.ts";
import { badge, block, labLine, type RolesOf } from "./parts.ts";
import type { KnownValues } from "./placeholders.ts";
import { labName } from "./step-section.ts";
import type { HandbookService, Page, PageContext, Source } from "./types.ts";

/** The drawing of the lab, beside the pages. */
export const TOPOLOGY = "assets/topology.svg";

const SECTIONS = [
  ["lab", "This lab"],
  ["typing", "How to type the commands"],
  ["reading", "How to read this handbook"],
  ["keys", "Keyboard"],
] as const;

/** What the first page needs. */
export interface Start {
  readonly source: Source;
  readonly nodes: readonly PlannedNode[];
  readonly course: readonly HandbookService[];
  readonly known: KnownValues;
  readonly rolesOf: RolesOf;
}

/** The first page: this lab, and how to use the handbook. */
export function startPage(start: Start): Page {
  const { source } = start;
  return {
    path: "index.html",
    title: `${labName(source.config.lab)} on ${source.stack}`,
    short: "This lab",
    part: "start",
    group: "Start",
    sections: SECTIONS.map(([id, title]) => ({ id, title, text: "" })),
    body: (context) => html`${lead(start)}
${SECTIONS.map(([id, title]) => {
  if (context.paper && id === "keys") return undefined;
  return html`<section aria-labelledby="${context.prefix}${id}"><h2 id="${context.prefix}${id}">${title}</h2>${BODIES[id](start, context)}</section>`;
})}`,
  };
}

function lead({ source, course }: Start): Html {
  const steps = course.flatMap((service) => service.steps).filter(({ current }) => current);
  const total = steps.length;
  const done = steps.filter((step) => step.done === step.total).length;
  const state = !source.observed.exists
    ? "It is not built yet, so this handbook is made from its configuration. Words in capitals stand for values that only a built lab has, such as passwords."
    : done === total
      ? `All ${total} of its steps are done.`
      : `${done} of its ${total} steps are done.`;
  return html`<p class="lead">OpenStack ${source.config.release}, built from scratch: what it consists of, every step with the commands for this lab, and one request followed through all of it. ${state}</p>`;
}

const BODIES: Readonly<Record<(typeof SECTIONS)[number][0], (start: Start, context: PageContext) => Html>> = {
  lab: (start, context) => html`${drawing(start, context)}${table(start)}${addresses(start, context)}`,
  typing,
  reading: ({ source, course }, { root }) => {
    const first = course[0]?.service;
    const passwords = source.share
      ? html`This copy contains no passwords. Words in capitals stand for them.`
      : html`Passwords are hidden until you click them. Commands that you copy contain them. Do not give this folder to others: <code>lab handbook --share</code> writes one without passwords.`;
    return html`<p><b>Part 1</b> explains what OpenStack consists of, how its networks work, and what object storage is. <b>Part 2</b> is the course: the steps of <a href="${root}labs/lab001.html">Lab001</a> and of <a href="${root}labs/lab002.html">Lab002</a> in order, and a page for each service, starting with <a href="${root}${servicePage(first?.id ?? "")}">${first?.title}</a>. <b>Part 3</b> follows <a href="${root}flow.html">one request</a> through all of it.</p>
<p>Each step shows why you do it, what to type and where, what you should now see, how to check it, and how to go back. ${passwords}</p>`;
  },
  keys: () => html`<p>You can use the pages with the keyboard:</p>
<div class="wide"><table class="keys"><tbody>${KEYS.map(
    ([key, what]) =>
      html`<tr><th>${join(
        key.split(" ").map((one) => html`<kbd>${one}</kbd>`),
        " ",
      )}</th><td>${what}</td></tr>`,
  )}</tbody></table></div>`,
};

const KEYS: readonly (readonly [key: string, what: string])[] = [
  ["/", "search; ↑ and ↓ select a result, Enter opens it, Esc closes the search"],
  ["n p", "next page, previous page"],
  ["j k", "next step or heading, previous one"],
  ["c", "copy the first block of the current step"],
  ["t", "light or dark colours"],
];

function typing({ source, rolesOf, known }: Start, context: PageContext): Html {
  const here = html`This machine, in the checkout`;
  const control =
    Object.keys(source.config.nodes).find((name) => rolesOf(name).includes("control")) ?? "control";
  return html`<p>The line above a block says where you type it: on a node, as root, or on this machine, as yourself. This command logs you in to a node:</p>
${block({ text: labLine(source.stack, `ssh ${control}`), label: here }, known, context)}
<p>The blocks are plain POSIX shell. If a line ends in <code>&lt;&lt;'END'</code>, everything up to the line <code>END</code> belongs to it. Copy all of it. To set options of ini files, the blocks use <code>crudini</code>, which keeps the comments of the file. It is not installed by default. Install it once on every node on which you type:</p>
${block({ text: "apt-get update\napt-get install --yes --no-install-recommends crudini", label: html`${badge("every node", () => [])} <span>as root</span>`, data: html` data-prepare="crudini"` }, known, context)}
<p>With <code>export OS_CLOUD=admin</code>, the <code>openstack</code> client reads the administrator's login from <code>/etc/openstack/clouds.yaml</code>, after that file is written. Blocks that need the variable set it. A new session has it already.</p>
<p>Type a block only once. A command that <i>creates</i> something fails, or creates a second one, if it already exists. To repeat a step safely, use <code>lab redo</code>.</p>`;
}

/** The drawing is a separate file, so that its styles do not affect the page and it follows the page's light or dark colours. */
function drawing({ source }: Start, { root }: PageContext): Html | undefined {
  if (source.topology === undefined) return undefined;
  const picture = `${root}${TOPOLOGY}`;
  return html`<figure class="topology" tabindex="0"><a href="${picture}"><img src="${picture}" alt="Nodes, networks, bridges and services of this lab. The table below has the addresses."></a></figure>`;
}

function table({ source, nodes, rolesOf }: Start): Html {
  const facts = (name: string) => source.observed.nodes.find((node) => node.name === name)?.facts;
  // Most nodes have the name of their only role. Then the column would repeat the name.
  const showRoles = nodes.some(({ name, roles }) => roles.join() !== name);
  return html`<div class="wide"><table><thead><tr><th>Node</th>${showRoles ? html`<th>Roles</th>` : undefined}<th>Management</th><th>Tunnels</th><th>Provider</th><th>Facts</th></tr></thead><tbody>${nodes.map(
    ({ name, roles, addresses }) =>
      html`<tr><th>${badge(name, rolesOf)}</th>${showRoles ? html`<td>${roles.join(", ")}</td>` : undefined}<td><code>${addresses.management}</code></td><td><code>${addresses.tunnel}</code></td><td><code>${addresses.provider}</code></td><td class="words">${capabilities(roles, facts(name))}</td></tr>`,
  )}</tbody></table></div>`;
}

/** The facts that matter for the roles of a node, in words. */
function capabilities(roles: readonly Role[], facts: Values | undefined): string {
  if (facts === undefined) return "known when it is built";
  const servers = roles.includes("compute")
    ? [`servers use ${facts.virt_type === "kvm" ? "KVM" : "emulation"}`]
    : [];
  const switches = roles.some((role) => role === "compute" || role === "network");
  const packets = switches
    ? [`packets move in ${facts.datapath === "kernel" ? "the kernel" : "user space"}`]
    : [];
  return [...servers, ...packets].join(", ") || "–";
}

function addresses({ source, nodes, known }: Start, context: PageContext): Html {
  const control = nodes.find(({ roles }) => roles.includes("control"))?.addresses.management ?? "";
  const dashboard = `http://${control}/horizon/`;
  const label = html`<span>Password of the user admin, domain Default</span>`;
  return html`<p>The dashboard is at <a href="${dashboard}">${dashboard}</a>, Keystone at <code>http://${control}:5000/v3</code>. The networks are ${networks(source)}.</p>
${block({ text: "%%secret:keystone/admin%%", label }, known, context)}`;
}

const networks = ({ config }: Source): Html =>
  join(
    Object.entries(config.hardware.networks).map(([name, { cidr }]) => html`${name} <code>${cidr}</code>`),
    ", ",
  );
