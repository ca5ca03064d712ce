import { existsSync } from "node:fs";
import { basename } from "node:path";
import type { local } from "@pulumi/command";
import { remote } from "@pulumi/command";
import { asset, type Input, output, type Resource } from "@pulumi/pulumi";
import { quote } from "../../config/quote.ts";
import { remoteScript } from "../remote.ts";
import type { Node } from "../types.ts";
import { GUEST_PATH } from "./recipe.ts";

/**
 * Puts the guest's files where a node's steps look for them; takes them away again.
 * @param image the resource that makes the files on this machine
 * @param directory the folder that it fills; named by what is in it
 * @param user who logs in to the node: files are copied as that user, so the folder is theirs
 * @returns what to wait for
 */
export function guestUpload(
  node: Pick<Node, "name" | "connection" | "sudo" | "machine">,
  image: local.Command,
  directory: string,
  user: Input<string>,
  parent: Resource,
): Resource {
  const bound = node.machine === undefined ? {} : { triggers: [node.machine.id] };
  const gone = node.machine === undefined ? {} : { deletedWith: node.machine };
  const folder = new remote.Command(
    `hardware/guest-folder-${node.name}`,
    {
      connection: node.connection,
      create: output(user).apply(
        (owner) => `set -eu\nmkdir -p ${GUEST_PATH}\nchown ${quote(owner)} ${GUEST_PATH}`,
      ),
      delete: `rm -rf ${GUEST_PATH}`,
      ...remoteScript(node),
      ...bound,
    },
    { parent, ...gone },
  );
  const there = (): boolean => existsSync(`${directory}/vmlinuz`);
  return new remote.CopyToRemote(
    // Other files are another resource: this one need never be done again.
    `hardware/guest-files-${node.name}-${basename(directory)}`,
    {
      connection: node.connection,
      // Only once they are made. Where the cache was emptied since they were copied there is nothing to name.
      source: image.stdout.apply(() =>
        there() ? new asset.FileArchive(`${directory}/`) : new asset.StringAsset(""),
      ),
      remotePath: GUEST_PATH,
      ...bound,
    },
    { parent, dependsOn: [folder], ignoreChanges: there() ? [] : ["source"], ...gone },
  );
}
