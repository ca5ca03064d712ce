/** Settings of the daemon. They depend on this machine, so set-up writes them. */
export interface CacheSettings {
  readonly cacheFolder: string;
  readonly logFolder: string;
  readonly port: number;
  /** Addresses of the package sources. Nodes can reach only their ports, and 80 and 443, through the cache. */
  readonly sources: readonly string[];
  /** The HTTP proxy of this machine's apt; empty where it has none. */
  readonly proxy: string;
}

/**
 * Index files. The daemon treats them as packages, which never change: all nodes of a lab see the same ones, and a second lab
 * downloads nothing. `removeIndices` renews them.
 */
const INDICES =
  "(^|.*/)(InRelease|Release|Release\\.gpg|(Packages|Sources|Translation-[^/]*)(\\.[a-z0-9]+)?)$";

/** The port of an address. */
function portOf(uri: string): number | undefined {
  if (!URL.canParse(uri)) return undefined;
  const { port, protocol } = new URL(uri);
  if (port !== "") return Number(port);
  return protocol === "https:" ? 443 : 80;
}

/** acng.conf of our own instance of apt-cacher-ng. */
export function cacheConfig(settings: CacheSettings): string {
  const { cacheFolder, logFolder, port, sources, proxy } = settings;
  const ports = new Set([80, 443, ...sources.map(portOf).filter((value) => value !== undefined)]);
  return [
    "# Written by scratchstack's set-up. Debian's own instance has its own file in /etc.",
    `CacheDir: ${cacheFolder}`,
    `LogDir: ${logFolder}`,
    "SupportDir: /usr/lib/apt-cacher-ng",
    `Port: ${port}`,
    "# Nodes reach it through a proxy device of their container; nothing else can.",
    "BindAddress: 127.0.0.1",
    `AllowUserPorts: ${[...ports].sort((a, b) => a - b).join(" ")}`,
    "ReportPage: acng-report.html",
    "ForeGround: 1",
    "UnbufferLogs: 1",
    `SPfilePatternEx: ${INDICES}`,
    ...(proxy === "" ? [] : [`Proxy: ${proxy}`]),
    "",
  ].join("\n");
}

/** The systemd unit of our instance. */
export function cacheUnit(configFolder: string, cacheFolder: string, user: string): string {
  return [
    "[Unit]",
    "Description=scratchstack package cache (on loopback only)",
    "After=network.target",
    "",
    "[Service]",
    `ExecStart=/usr/sbin/apt-cacher-ng -c ${configFolder} ForeGround=1`,
    `User=${user}`,
    "Restart=on-failure",
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    `ReadWritePaths=${configFolder} ${cacheFolder}`,
    "",
    "[Install]",
    "WantedBy=multi-user.target",
    "",
  ].join("\n");
}
