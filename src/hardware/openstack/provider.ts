import type { ProviderResource, Resource } from "@pulumi/pulumi";
import { secret } from "@pulumi/pulumi";
import { plainSecret, type SecretValue } from "../../config/secret-value.ts";
import type { OpenstackStack } from "./config.ts";
import { cloudOf } from "./credentials.ts";
import { sdk } from "./sdk.ts";

type Auth = NonNullable<OpenstackStack["hardware"]["auth"]>;

/**
 * The plugin with the stack's credentials. It reads those of clouds.yaml and of the environment itself whenever it runs, so that
 * they are never in the state. Those of the configuration are there as secrets.
 */
export function declareProvider({ hardware }: OpenstackStack, parent: Resource): ProviderResource {
  const { auth } = hardware;
  const cloud = cloudOf(hardware, process.env);
  const args = auth !== null ? fromAuth(auth) : cloud === undefined ? {} : { cloud };
  const { Provider } = sdk();
  return withoutVariables(() => new Provider("cloud", args, { parent }));
}

/** The SDK fills arguments from `OS_*` variables of this process, which may be of another cloud. The plugin has its own. */
function withoutVariables<T>(make: () => T): T {
  const variables = Object.entries(process.env).filter(([name]) => name.startsWith("OS_"));
  for (const [name] of variables) delete process.env[name];
  try {
    return make();
  } finally {
    Object.assign(process.env, Object.fromEntries(variables));
  }
}

const hidden = (value: SecretValue | null | undefined) =>
  value === null || value === undefined ? undefined : secret(plainSecret(value));

function fromAuth(auth: Auth) {
  const credential = auth.applicationCredential;
  const given = {
    authUrl: auth.url,
    region: auth.region ?? undefined,
    cacertFile: auth.caFile ?? undefined,
    ...(credential === null
      ? {
          userName: auth.user ?? undefined,
          password: hidden(auth.password),
          tenantName: auth.project ?? undefined,
          userDomainName: auth.userDomain,
          projectDomainName: auth.projectDomain,
        }
      : { applicationCredentialId: credential.id, applicationCredentialSecret: hidden(credential.secret) }),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
