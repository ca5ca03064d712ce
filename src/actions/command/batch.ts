import type { CloudObject } from "../../curriculum/actions.ts";
import { ask, type Question } from "../ask.ts";
import { objectsProbe } from "./cloud-object.ts";
import { SHARED_CLIENT, START_SHARED_CLIENT, STOP_SHARED_CLIENT } from "./openstack-client.ts";

/** Whether a shell text calls the client of OpenStack. Loading the client takes long, so texts that call it share one. */
const callsOpenStack = (text: string): boolean => /\bopenstack /.test(text);

/**
 * Shell that asks several questions at the same time, for most of them wait for a service; it prints what `ask` prints. Objects of the
 * cloud among them are probed together.
 */
export function batchScript(questions: readonly (string | CloudObject)[]): string {
  const shared = questions.filter((one) => typeof one === "string" && callsOpenStack(one)).length > 1;
  const texts = questions.flatMap((one, answers): Question[] => {
    if (typeof one !== "string") return [];
    return [{ text: shared && callsOpenStack(one) ? `${SHARED_CLIENT}\n${one}` : one, answers }];
  });
  const objects = questions.flatMap((one, index) => (typeof one === "string" ? [] : [{ one, index }]));
  const probed = {
    text: objectsProbe(objects.map(({ one }) => one)),
    answers: objects.map(({ index }) => index),
  };
  const script = ask(objects.length > 0 ? [probed, ...texts] : texts);
  return shared ? [START_SHARED_CLIENT, script, STOP_SHARED_CLIENT].join("\n") : script;
}
