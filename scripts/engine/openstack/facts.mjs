// Reads the installed @pulumi/openstack SDK and writes what a plugin must serve for it: facts.go has its form.
// usage: node facts.mjs <folder of @pulumi/openstack> <folder to write sdk.json and schema.json into>
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [sdk = "", target = ""] = process.argv.slice(2);

/** Every compiled module of the SDK. */
function modules(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : modules(path);
    return path.endsWith(".js") ? [path] : [];
  });
}

/** The shape of a declared TypeScript type. */
function shape(type) {
  const bare = type.replace(/\s*\|\s*undefined/g, "").trim();
  if (bare.endsWith("[]")) return `list of ${shape(bare.slice(0, -2))}`;
  if (bare.startsWith("{")) return "map";
  const object = /^outputs\.([\w.]+)$/.exec(bare);
  return object ? `object:${object[1]}` : bare;
}

/** Name and shape of every declaration that `pattern` finds; maps are made one word first, for they hold a `;`. */
function declarations(text, pattern) {
  const flat = text.replace(/\{\s*\[key: string\]: \w+;\s*\}/g, "{map}");
  return Object.fromEntries(
    [...flat.matchAll(pattern)].map(([, name, type]) => [name, shape(type.replace(/\s+/g, " "))]),
  );
}

/** The declarations that belong to a compiled module. */
const declared = (path) => readFileSync(path.replace(/\.js$/, ".d.ts"), "utf8");

function resourceProperties(path, code) {
  const typed = declarations(declared(path), /^ {4}readonly (\w+)\??: pulumi\.Output<([\s\S]*?)>;$/gm);
  const names = [...code.matchAll(/resourceInputs\["(\w+)"\]/g)].map(([, name]) => name);
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, typed[name] ?? "?"]));
}

function functionProperties(path, inputs) {
  const results = declarations(declared(path), /^ {4}readonly (\w+)\??: ([\s\S]*?);$/gm);
  const asked = [...inputs.matchAll(/"(\w+)":/g)].map(([, name]) => [name, "?"]);
  return { ...Object.fromEntries(asked), ...results };
}

function nestedTypes() {
  const path = join(sdk, "types/output.d.ts");
  if (!existsSync(path)) return {};
  const spaces = [...readFileSync(path, "utf8").matchAll(/namespace (\w+) \{([\s\S]*?)\n\}/g)];
  return Object.fromEntries(
    spaces.flatMap(([, space, body]) =>
      [...body.matchAll(/interface (\w+) \{([\s\S]*?)\n {4}\}/g)].map(([, name, fields]) => [
        `${space}.${name}`,
        declarations(fields, /^ {8}(\w+)\??: ([\s\S]*?);$/gm),
      ]),
    ),
  );
}

const version = JSON.parse(readFileSync(join(sdk, "package.json"), "utf8")).version.replace(/^v/, "");
const facts = { version, provider: {}, resources: {}, functions: {}, types: nestedTypes() };
for (const path of modules(sdk)) {
  const code = readFileSync(path, "utf8");
  const type = /__pulumiType = '([^']+)'/.exec(code)?.[1];
  if (type === "openstack") facts.provider = resourceProperties(path, code);
  else if (type !== undefined) facts.resources[type] = resourceProperties(path, code);
  const call = /runtime\.invoke\("([^"]+)", \{([\s\S]*?)\}/.exec(code);
  if (call) facts.functions[call[1]] = functionProperties(path, call[2]);
}
writeFileSync(join(target, "sdk.json"), `${JSON.stringify(facts, null, 1)}\n`);
// The engine asks for a schema only to generate SDKs; names and version are enough to answer.
writeFileSync(join(target, "schema.json"), `${JSON.stringify({ name: "openstack", version })}\n`);
console.log(
  `${version}: ${Object.keys(facts.resources).length} resources, ${Object.keys(facts.functions).length} functions`,
);
