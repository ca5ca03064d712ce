import { servicePage } from "../curriculum/pages.ts";
import { type FlowStage, type FlowStep, REQUEST_FLOW } from "../curriculum/request-flow.ts";
import type { Role } from "../curriculum/types.ts";
import { type Html, html, join } from "./html.ts";
import { inline } from "./markdown.ts";
import { badges, block, type RolesOf } from "./parts.ts";
import { NO_VALUES } from "./placeholders.ts";
import type { Page, PageContext } from "./types.ts";

/** What the page needs to know about the lab. */
export interface FlowLab {
  /** Nodes with a role, in the order of the configuration. */
  readonly nodesOf: (role: Role) => readonly string[];
  readonly rolesOf: RolesOf;
  /** Ids of services with a page. */
  readonly services: ReadonlySet<string>;
}

/** The page of the request flow. */
export function flowPage(lab: FlowLab): Page {
  const steps = REQUEST_FLOW.flatMap((stage) => stage.steps);
  const counted = steps.filter(({ id }) => /^\d+$/.test(id)).length;
  return {
    path: "flow.html",
    title: "The request flow",
    part: "flow",
    group: "From command to server",
    sections: steps.map((step) => ({
      id: `step-${step.id}`,
      title: `${step.id}. ${step.title}`,
      text: [step.from, step.to, step.protocol, step.today, step.before, step.unit, step.log].join(" "),
    })),
    body: (
      context,
    ) => html`<p>What happens between <code>openstack server create</code> and a running server? The list of ${counted} steps was written for the release Grizzly of 2013, and the steps keep their numbers. Steps with a letter are newer. Where the old list is no longer true, the step says so.</p>
<p>Follow the request in your own lab. Boot a server on the control node, and observe each step with its command, as root on the node that the block names. Every request has an id, <code>req-…</code>, which all services write into their logs. Search for it with <code>grep -r req-… /var/log/nova /var/log/glance /var/log/neutron</code>.</p>
${join(REQUEST_FLOW.map((stage) => stageOf(stage, lab, context)))}`,
  };
}

const stageOf = ({ id, title, about, steps }: FlowStage, lab: FlowLab, context: PageContext): Html =>
  html`<section class="stage" aria-labelledby="${context.prefix}${id}"><h2 id="${context.prefix}${id}">${title}</h2><p>${inline(about)}</p>
${steps.map((step) => stepOf(step, lab, context))}</section>`;

function stepOf(step: FlowStep, lab: FlowLab, context: PageContext): Html {
  const id = `${context.prefix}step-${step.id}`;
  const nodes = lab.nodesOf(step.node);
  const skipped =
    step.only === "volume"
      ? "only with a volume"
      : step.only === "network"
        ? "only with a network interface"
        : undefined;
  const anchor = context.paper
    ? undefined
    : html` <a class="anchor" href="#${id}" aria-label="Link to this step">#</a>`;
  return html`<section class="hop${/\d$/.test(step.id) ? "" : " joined"}" id="${id}" aria-labelledby="${id}--title">
<p class="number" aria-hidden="true">${step.id}</p>
<h3 id="${id}--title"><span class="spoken">Step ${step.id}: </span>${step.title}${anchor}</h3>
<p class="route"><b>${step.from}</b> <span class="arrow" aria-label="to">→</span> <b>${step.to}</b> <span class="tag protocol">${step.protocol}</span>${/\d$/.test(step.id) ? undefined : html` <span class="tag">new since 2013</span>`}${skipped === undefined ? undefined : html` <span class="tag">${skipped}</span>`}</p>
<p>${inline(step.today)}</p>
${step.before === undefined ? undefined : html`<p class="then"><b>In 2013</b> ${inline(step.before)}</p>`}
${whereToLook(step, nodes, lab, context)}</section>`;
}

function whereToLook(step: FlowStep, nodes: readonly string[], lab: FlowLab, context: PageContext): Html {
  const page = lab.services.has(step.service)
    ? html` Built in <a href="${context.root}${servicePage(step.service)}">${step.service}</a>.`
    : undefined;
  if (nodes.length === 0)
    return html`<p class="look">This lab has no ${step.node} node. A later lab adds it.</p>`;
  const log = step.log === undefined ? undefined : html` Log <code>${step.log}</code>.`;
  const unit = step.unit === undefined ? undefined : html`Unit <code>${step.unit}</code>.`;
  const commands =
    step.command === undefined
      ? undefined
      : block(
          {
            text: step.command,
            label: badges(nodes.slice(0, 1), lab.rolesOf),
            data: html` data-flow="${step.id}"`,
          },
          NO_VALUES,
          context,
        );
  return html`<p class="look">${unit}${log}${page}</p>${commands}`;
}
