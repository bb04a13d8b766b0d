# shellcheck shell=sh
#
# Looks at a web server's host, and changes nothing. Prints facts, one on a line: a key, a tab, and what was found.
#
# Usage: look PORT UNIT APP-UNIT [PROGRAM ARGUMENT...]
#   the units of systemd to look at, each possibly empty; the program starts an nginx that nobody watches

LC_ALL=C
export LC_ALL
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
port=$1
unit=$2
app_unit=$3
shift 3
tab=$(printf '\t')

say() { printf '%s\t%s\n' "$1" "$2"; }

lines() { # KEY [PREFIX] <LINES
  while IFS= read -r line || [ -n "$line" ]; do say "$1" "${2:-}$line"; done
}

has() { command -v "$1" >/dev/null 2>&1; }

# What hangs must not keep the rest from being found out.
limited() { if has timeout; then timeout 10 "$@"; else "$@"; fi; }

if [ "$(id -u)" = 0 ]; then
  may=root
elif has sudo && sudo -n true >/dev/null 2>&1; then
  may=sudo
elif has sudo && sudo -n -l >/dev/null 2>&1; then
  may=some
else
  may=nothing
fi
say may "$may"

# Who may do some things by sudo may do others without it, as a member of an engine's group for instance.
admin() {
  if [ "$may" = sudo ] || { [ "$may" = some ] && sudo -n -l -- "$@" >/dev/null 2>&1; }; then
    limited sudo -n -- "$@"
  else
    limited "$@"
  fi
}

say now "$(date +%s)"
[ ! -r /proc/uptime ] || say uptime "$(cut -d ' ' -f 1 /proc/uptime)"

# In KiB. Percents are rounded up: a large disk that is 100 % full may have room for years.
for folder in / /var /var/log /var/log/nginx /var/lib /var/lib/docker /var/lib/containers /tmp /run; do
  [ -d "$folder" ] || continue
  limited df -P -k "$folder" 2>/dev/null | awk -v OFS="$tab" 'NR == 2 { print "room", $6, $4 }'
  # Some file systems count none.
  limited df -P -i "$folder" 2>/dev/null | awk -v OFS="$tab" 'NR == 2 && $2 > 0 { print "inodes", $6, $4 }'
done | sort -u

if has ss; then
  say ss yes
  admin ss -H -l -t -n -p "sport = :$port" 2>/dev/null | lines listener
fi

# Of each nginx the pid and what it says that it is.
ps -e -o pid= -o args= 2>/dev/null |
  awk -v OFS="$tab" '$2 == "nginx:" { pid = $1; sub(/^ *[0-9]+ */, ""); print "process", pid, $0 }'

if [ -d /run/systemd/system ] && has systemctl; then
  say init systemd
  properties=LoadState,ActiveState,SubState,Result,NRestarts,UnitFileState,ActiveEnterTimestampMonotonic
  [ -z "$unit" ] || limited systemctl show -p "$properties" "$unit" 2>/dev/null | lines unit
  [ -z "$app_unit" ] || limited systemctl show -p "$properties" "$app_unit" 2>/dev/null | lines app-unit
  limited systemctl show -p "$properties" docker.service 2>/dev/null | lines docker-unit
fi

# Where systemd listens for an engine, a question would start it.
sleeps() { # ENGINE
  [ -d /run/systemd/system ] && has systemctl &&
    [ "$(limited systemctl show -p LoadState "$1.service" 2>/dev/null)" = LoadState=loaded ] &&
    case $(limited systemctl show -p ActiveState "$1.service" 2>/dev/null) in
      *=inactive | *=failed | *=deactivating) true ;;
      *) false ;;
    esac
}

field() { printf '{{%s}}%s' "$1" "$tab"; }

container=$(
  field .Id
  field .Name
  field .State.Status
  field .State.ExitCode
  field .State.OOMKilled
  field .State.StartedAt
  field .RestartCount
  field .Config.Image
  field 'index .Config.Labels "dev.upkeep.stack"'
  field 'index .Config.Labels "dev.upkeep.part"'
  field 'index .Config.Labels "com.docker.compose.project"'
  field .HostConfig.NetworkMode
  field .HostConfig.RestartPolicy.Name
  # Without the name, Podman takes the inner range for one over all containers.
  # shellcheck disable=SC2016 # a variable of the template
  printf '{{range $port, $bound := .HostConfig.PortBindings}}{{range $bound}}{{.HostPort}} {{end}}{{end}}%s' "$tab"
  field .Path
  printf '{{range .Args}}{{.}} {{end}}'
)

for engine in docker podman; do
  has $engine || continue
  if [ $engine = docker ] && sleeps docker; then
    say engine "docker${tab}fails"
    continue
  fi
  if all=$(admin $engine ps --all --quiet --no-trunc 2>/dev/null); then
    say engine "$engine${tab}runs"
  else
    say engine "$engine${tab}fails"
    continue
  fi
  [ -n "$all" ] || continue
  # shellcheck disable=SC2086 # ids have no spaces
  admin $engine inspect --type container --format "$container" $all 2>/dev/null | lines container "$engine$tab"
done

# The one that is called by a command of its own, or else that of the host.
[ $# -gt 0 ] || set -- nginx
if has "$1"; then
  say nginx "$(command -v "$1")"
  tested=$(admin "$@" -t 2>&1)
  say test "$?"
  printf '%s\n' "$tested" | lines tested
  # The ports of its configuration; a socket of its own counts for none, an address without a port for 80.
  admin "$@" -T 2>/dev/null | sed -n 's/^[[:space:]]*listen[[:space:]][[:space:]]*\([^;[:space:]]*\).*/\1/p' |
    sed -e '/^unix:/d' -e 's/^.*://' -e 's/^.*[^0-9].*$/80/' | sort -u | lines configured
fi
