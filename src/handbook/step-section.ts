import { redoCommand, resetCommand, verifyCommand } from "../plan/advice.ts";
import { type Html, html, join } from "./html.ts";
import { inline } from "./markdown.ts";
import { type Known, marked, NOTHING_KNOWN } from "./marks.ts";
import { badges, code, labLine, type RolesOf } from "./parts.ts";
import type { HandbookStep, Place, StepOn } from "./types.ts";

/** One step: why, what to type, what one should see, how to check, how to go back. */
export function stepSection(
  stack: string,
  item: HandbookStep,
  at: { readonly index: number; readonly count: number },
  known: Known,
  rolesOf: RolesOf,
  place: Place,
): Html {
  const { step, on, current } = item;
  const id = place.prefix + (step.id.split("/")[1] ?? step.id);
  const nodes = on.flatMap((one) => one.nodes);
  const anchor = place.paper
    ? undefined
    : html` <a class="anchor" href="#${id}" aria-label="Link to this step">#</a>`;
  return html`<section class="step${current ? "" : " past"}" id="${id}" aria-labelledby="${id}--title">
<p class="where"><span>Step ${at.index + 1} of ${at.count}</span> ${badges(nodes, rolesOf)} ${belongs(item)}${state(item)}</p>
<h2 id="${id}--title">${step.title}${anchor}</h2>
<p>${inline(step.why)}</p>
${join(on.map((one) => typed(item, one, known, rolesOf, place)))}
<p class="see"><b>You should now see</b> ${marked(item.see, NOTHING_KNOWN)}.</p>
${current ? after(stack, item, known, rolesOf, place) : undefined}
</section>`;
}

/** Blocks of a step that the stack's lab does not have are not to be found as its own. */
const dataOf = ({ step, current }: HandbookStep, { nodes }: StepOn, part: string): Html =>
  current
    ? html` data-step="${step.id}" data-node="${nodes.join(" ")}" data-part="${part}"`
    : html` data-past="${step.id}"`;

function typed(item: HandbookStep, one: StepOn, known: Known, rolesOf: RolesOf, place: Place): Html {
  const who = one.nodes.includes("here") ? "as yourself" : "as root";
  const label = html`${badges(one.nodes, rolesOf)} <span>${who}</span>`;
  return code({ text: one.commands, label, data: dataOf(item, one, "commands") }, known, place);
}

function after(stack: string, item: HandbookStep, known: Known, rolesOf: RolesOf, place: Place): Html {
  const { step, on } = item;
  if (place.paper) {
    return html`<p class="see"><b>Check</b> <code>${labLine(stack, verifyCommand(step.id))}</code>. <b>Once more</b> <code>${labLine(stack, redoCommand(step.id))}</code>.</p>`;
  }
  const label = html`This machine, in the checkout`;
  const checks = on[0]?.checks ?? [];
  const block = (text: string) => code({ text, label }, known, place);
  const each = (what: (one: StepOn) => string): Html =>
    join(
      on
        .filter((one) => what(one) !== "")
        .map((one) => code({ text: what(one), label: badges(one.nodes, rolesOf) }, known, place)),
    );
  const remember = join(
    on
      .filter((one) => one.remember !== "")
      .map((one) =>
        code(
          { text: one.remember, label: badges(one.nodes, rolesOf), data: dataOf(item, one, "remember") },
          known,
          place,
        ),
      ),
  );
  const looks = each((one) => [one.looks, ...one.checks.map(({ run }) => run)].join("\n"));
  const backs = each(({ back }) => back);
  return html`<details><summary>Check it</summary>
${block(labLine(stack, verifyCommand(step.id)))}
<ul class="checks"><li>What the step brings about still holds.</li>${checks.map(({ expect }) => html`<li>${sentence(marked(expect, NOTHING_KNOWN))}</li>`)}</ul>
<p>With your own eyes:</p>
${looks}</details>
<details><summary>Go back</summary>
<p>Do the step once more and see what it says, or take back the whole service and all that builds on it:</p>
${block(`${labLine(stack, redoCommand(step.id))}\n${labLine(stack, resetCommand(step.id))}`)}
${backs.text === "" ? html`<p>By hand there is nothing to take back.</p>` : html`<p>By hand, this step alone; <code>lab preview</code> then names it, and <code>lab up</code> does it again:</p>${backs}`}</details>
${
  remember.text === ""
    ? undefined
    : html`<details><summary>Tell <code>lab</code> that you did it by hand</summary>
<p>That this was done to its end cannot be read off the machine. With this note the next <code>lab up</code> knows. Without it the step is done once more: services are restarted, tables are dropped with all that is in them, and made anew.</p>
${remember}</details>`
}`;
}

const sentence = (text: Html): Html => (text.text.endsWith(".") ? text : html`${text}.`);

/** Of which labs it is, where not of all. */
function belongs({ step, current }: HandbookStep): Html | undefined {
  if (!current) return html`<span class="tag">earlier labs only</span>`;
  if (step.from !== undefined) return html`<span class="tag">from ${labName(step.from)} on</span>`;
  return step.until === undefined ? undefined : html`<span class="tag">until ${labName(step.until)}</span>`;
}

/** `lab002` is Lab002 to its reader. */
export const labName = (id: string): string => id.replace(/^l/, "L");

function state({ done, total, current }: HandbookStep): Html | undefined {
  if (!current || done === 0) return undefined;
  return done === total
    ? html`<span class="tag done">done</span>`
    : html`<span class="tag done">done on ${done} of ${total}</span>`;
}
