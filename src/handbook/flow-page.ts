import { servicePage } from "../curriculum/pages.ts";
import { type FlowStage, type FlowStep, REQUEST_FLOW } from "../curriculum/request-flow.ts";
import type { Role } from "../curriculum/types.ts";
import { type Html, html, join } from "./html.ts";
import { inline } from "./markdown.ts";
import { NOTHING_KNOWN } from "./marks.ts";
import { badges, code, type RolesOf } from "./parts.ts";
import type { Page, Place } from "./types.ts";

/** What the flow must know of the lab. */
export interface FlowLab {
  /** Nodes with a role. */
  readonly nodesOf: (role: Role) => readonly string[];
  readonly rolesOf: RolesOf;
  /** Ids of services that have a page. */
  readonly services: ReadonlySet<string>;
}

/** The way of a request for a server, in one page. */
export function flowPage(lab: FlowLab): Page {
  const steps = REQUEST_FLOW.flatMap((stage) => stage.steps);
  const counted = steps.filter(({ id }) => /^\d+$/.test(id)).length;
  return {
    path: "flow.html",
    title: "The way of a request",
    part: "flow",
    group: "From command to server",
    sections: steps.map((step) => ({
      id: `step-${step.id}`,
      title: `${step.id}. ${step.title}`,
      text: [step.from, step.to, step.protocol, step.today, step.before, step.unit, step.log].join(" "),
    })),
    body: (
      place,
    ) => html`<p>What happens between <code>openstack server create</code> and a server that runs? The list of ${counted} steps was first told for the release Grizzly of 2013, and its numbers are kept. The steps with a letter have joined since. Where the old list is no longer true, it says so.</p>
<p>Follow it on your own lab: boot a server on the control node, and look at each step with its command, as root on the node that is named. Every request has an id, <code>req-…</code>, that all services write into their logs: search for it with <code>grep -r req-… /var/log/nova /var/log/glance /var/log/neutron</code>.</p>
${join(REQUEST_FLOW.map((stage) => stageOf(stage, lab, place)))}`,
  };
}

const stageOf = ({ id, title, about, steps }: FlowStage, lab: FlowLab, place: Place): Html =>
  html`<section class="stage" aria-labelledby="${place.prefix}${id}"><h2 id="${place.prefix}${id}">${title}</h2><p>${inline(about)}</p>
${steps.map((step) => stepOf(step, lab, place))}</section>`;

function stepOf(step: FlowStep, lab: FlowLab, place: Place): Html {
  const id = `${place.prefix}step-${step.id}`;
  const nodes = lab.nodesOf(step.node);
  const skipped =
    step.only === "volume"
      ? "only for servers with a volume"
      : step.only === "network"
        ? "only for servers with a network card"
        : undefined;
  const anchor = place.paper
    ? undefined
    : html` <a class="anchor" href="#${id}" aria-label="Link to this step">#</a>`;
  return html`<section class="hop${/\d$/.test(step.id) ? "" : " joined"}" id="${id}" aria-labelledby="${id}--title">
<p class="number" aria-hidden="true">${step.id}</p>
<h3 id="${id}--title"><span class="spoken">Step ${step.id}: </span>${step.title}${anchor}</h3>
<p class="route"><b>${step.from}</b> <span class="arrow" aria-label="to">→</span> <b>${step.to}</b> <span class="tag protocol">${step.protocol}</span>${/\d$/.test(step.id) ? undefined : html` <span class="tag">joined since</span>`}${skipped === undefined ? undefined : html` <span class="tag">${skipped}</span>`}</p>
<p>${inline(step.today)}</p>
${step.before === undefined ? undefined : html`<p class="then"><b>In 2013</b> ${inline(step.before)}</p>`}
${where(step, nodes, lab, place)}</section>`;
}

function where(step: FlowStep, nodes: readonly string[], lab: FlowLab, place: Place): Html {
  const page = lab.services.has(step.service)
    ? html` Built in <a href="${place.root}${servicePage(step.service)}">${step.service}</a>.`
    : undefined;
  if (nodes.length === 0)
    return html`<p class="look">This lab has no ${step.node} node: it comes with a later one.</p>`;
  const log = step.log === undefined ? undefined : html` Log <code>${step.log}</code>.`;
  const unit = step.unit === undefined ? undefined : html`Unit <code>${step.unit}</code>.`;
  const block =
    step.command === undefined
      ? undefined
      : code(
          {
            text: step.command,
            label: badges(nodes.slice(0, 1), lab.rolesOf),
            data: html` data-flow="${step.id}"`,
          },
          NOTHING_KNOWN,
          place,
        );
  return html`<p class="look">${unit}${log}${page}</p>${block}`;
}
