/**
 * Variables of a login that would change what programs of a script do: start-up files of bash, another language, another cloud,
 * other modules of Python and Perl, another database. `OS_CLOUD` stays: the lab itself sets it in /etc/environment.
 */
const FOREIGN = [
  "LANGUAGE",
  "BASH_ENV",
  "ENV",
  "SHELLOPTS",
  "BASHOPTS",
  "CDPATH",
  "TMOUT",
  "POSIXLY_CORRECT",
  "PYTHONPATH",
  "PYTHONHOME",
  "PYTHONWARNINGS",
  "PERL5LIB",
  "PERL5OPT",
  "MYSQL_HOST",
  "MYSQL_PWD",
  "MYSQL_TCP_PORT",
  "MYSQL_UNIX_PORT",
  ...[
    "AUTH_TYPE",
    "AUTH_URL",
    "CACERT",
    "CLIENT_CONFIG_FILE",
    "ENDPOINT_TYPE",
    "IDENTITY_API_VERSION",
    "INTERFACE",
    "PASSWORD",
    "PROJECT_DOMAIN_ID",
    "PROJECT_DOMAIN_NAME",
    "PROJECT_ID",
    "PROJECT_NAME",
    "REGION_NAME",
    "SYSTEM_SCOPE",
    "TENANT_ID",
    "TENANT_NAME",
    "TOKEN",
    "USERNAME",
    "USER_DOMAIN_ID",
    "USER_DOMAIN_NAME",
    "USER_ID",
  ].map((name) => `OS_${name}`),
];

/**
 * Names and addresses of the lab's nodes, from the lines of the lab in /etc/hosts, are reached without the proxy that a login may
 * have. Programs differ in which spelling they read.
 */
const NO_PROXY = `case "\${http_proxy-}\${https_proxy-}\${all_proxy-}\${HTTP_PROXY-}\${HTTPS_PROXY-}\${ALL_PROXY-}" in ?*)
  no_proxy=localhost,127.0.0.1,::1\${no_proxy:+,$no_proxy}\${NO_PROXY:+,$NO_PROXY}
  _lab_ours=
  while read -r _lab_address _lab_name; do
    case $_lab_address in "#") case $_lab_name in "scratchstack: end") _lab_ours= ;; "scratchstack: "*) _lab_ours=1 ;; esac; continue ;; esac
    [ -z "$_lab_ours" ] || no_proxy=$no_proxy,$_lab_address,$_lab_name
  done 2>/dev/null </etc/hosts || true
  NO_PROXY=$no_proxy
  export no_proxy NO_PROXY ;;
esac`;

/**
 * Shell, without any other program, that a script of ours on a node begins with. The language is one that every Debian has: perl and
 * bash warn about others that are not installed, and what programs say is read.
 */
export const CLEAN_ENVIRONMENT = [
  `unset ${FOREIGN.join(" ")}`,
  "LC_ALL=C.UTF-8; export LC_ALL",
  // Without it `mktemp` fails.
  '[ -z "$TMPDIR" ] || [ -d "$TMPDIR" ] || unset TMPDIR',
  NO_PROXY,
].join("\n");
