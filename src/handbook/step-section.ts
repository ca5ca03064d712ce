import { redoCommand, resetCommand, verifyCommand } from "../plan/suggested-commands.ts";
import { type Html, html, join } from "./html.ts";
import { inline } from "./markdown.ts";
import { badges, block, labLine, type RolesOf } from "./parts.ts";
import { type KnownValues, NO_VALUES, withValues } from "./placeholders.ts";
import type { HandbookStep, PageContext, StepOnNode } from "./types.ts";

/** One step: why you do it, what to type, what you should now see, how to check it, how to go back. */
export function stepSection(
  stack: string,
  item: HandbookStep,
  at: { readonly index: number; readonly count: number },
  known: KnownValues,
  rolesOf: RolesOf,
  context: PageContext,
): Html {
  const { step, on, current } = item;
  const id = context.prefix + (step.id.split("/")[1] ?? step.id);
  const nodes = on.flatMap((one) => one.nodes);
  const anchor = context.paper
    ? undefined
    : html` <a class="anchor" href="#${id}" aria-label="Link to this step">#</a>`;
  return html`<section class="step${current ? "" : " past"}" id="${id}" aria-labelledby="${id}--title">
<p class="where"><span>Step ${at.index + 1} of ${at.count}</span> ${badges(nodes, rolesOf)} ${labTag(item)}${doneTag(item)}</p>
<h2 id="${id}--title">${step.title}${anchor}</h2>
<p>${inline(step.why)}</p>
${join(on.map((one) => typed(item, one, known, rolesOf, context)))}
<p class="see"><b>You should now see:</b> ${withValues(item.see, NO_VALUES)}.</p>
${current ? after(stack, item, known, rolesOf, context) : undefined}
</section>`;
}

/** The attributes by which programs find blocks. Blocks of an earlier lab's step get others. */
const dataOf = ({ step, current }: HandbookStep, { nodes }: StepOnNode, part: string): Html =>
  current
    ? html` data-step="${step.id}" data-node="${nodes.join(" ")}" data-part="${part}"`
    : html` data-past="${step.id}"`;

function typed(
  item: HandbookStep,
  one: StepOnNode,
  known: KnownValues,
  rolesOf: RolesOf,
  context: PageContext,
): Html {
  const who = one.nodes.includes("here") ? "as yourself" : "as root";
  const label = html`${badges(one.nodes, rolesOf)} <span>${who}</span>`;
  return block({ text: one.commands, label, data: dataOf(item, one, "commands") }, known, context);
}

function after(
  stack: string,
  item: HandbookStep,
  known: KnownValues,
  rolesOf: RolesOf,
  context: PageContext,
): Html {
  const { step, on } = item;
  if (context.paper) {
    return html`<p class="see"><b>Check it</b> <code>${labLine(stack, verifyCommand(step.id))}</code>. <b>Repeat it</b> <code>${labLine(stack, redoCommand(step.id))}</code>.</p>`;
  }
  const label = html`This machine, in the checkout`;
  const checks = on[0]?.checks ?? [];
  const onThisMachine = (text: string) => block({ text, label }, known, context);
  const each = (what: (one: StepOnNode) => string): Html =>
    join(
      on
        .filter((one) => what(one) !== "")
        .map((one) => block({ text: what(one), label: badges(one.nodes, rolesOf) }, known, context)),
    );
  const remember = join(
    on
      .filter((one) => one.remember !== "")
      .map((one) =>
        block(
          { text: one.remember, label: badges(one.nodes, rolesOf), data: dataOf(item, one, "remember") },
          known,
          context,
        ),
      ),
  );
  const looks = each((one) => [one.looks, ...one.checks.map(({ run }) => run)].join("\n"));
  const backs = each(({ back }) => back);
  return html`<details><summary>Check it</summary>
${onThisMachine(labLine(stack, verifyCommand(step.id)))}
<ul class="checks"><li>The result of the step still holds.</li>${checks.map(({ expect }) => html`<li>${sentence(withValues(expect, NO_VALUES))}</li>`)}</ul>
<p>Or look at the result yourself:</p>
${looks}</details>
<details><summary>Go back</summary>
<p>Repeat the step and see its output, or undo the whole service and all its dependents:</p>
${onThisMachine(`${labLine(stack, redoCommand(step.id))}\n${labLine(stack, resetCommand(step.id))}`)}
${backs.text === "" ? html`<p>There is nothing to undo by hand.</p>` : html`<p>To undo only this step by hand, type this. <code>lab preview</code> then shows the step, and <code>lab up</code> does it again:</p>${backs}`}</details>
${
  remember.text === ""
    ? undefined
    : html`<details><summary>Tell <code>lab</code> that you did it by hand</summary>
<p>The node does not show whether this step was completed. This command records it for the next <code>lab up</code>. Without the record, <code>lab up</code> does the step again: it restarts services, and it drops tables with their contents and creates them again.</p>
${remember}</details>`
}`;
}

const sentence = (text: Html): Html => (text.text.endsWith(".") ? text : html`${text}.`);

/** The labs that have the step, if not all have it. */
function labTag({ step, current }: HandbookStep): Html | undefined {
  if (!current) return html`<span class="tag">only earlier labs</span>`;
  if (step.from !== undefined) return html`<span class="tag">from ${labName(step.from)} on</span>`;
  return step.until === undefined ? undefined : html`<span class="tag">until ${labName(step.until)}</span>`;
}

/** A lab's id as readers see it: `Lab002`. */
export const labName = (id: string): string => id.replace(/^l/, "L");

function doneTag({ done, total, current }: HandbookStep): Html | undefined {
  if (!current || done === 0) return undefined;
  return done === total
    ? html`<span class="tag done">done</span>`
    : html`<span class="tag done">done on ${done} of ${total}</span>`;
}
