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

lines() { # KEY <LINES
  while IFS= read -r line || [ -n "$line" ]; do say "$1" "$line"; done
}

has() { command -v "$1" >/dev/null 2>&1; }

# What hangs must not keep the rest from being found out.
limited() { if has timeout; then timeout 10 "$@"; else "$@"; fi; }

as=
if [ "$(id -u)" = 0 ]; then
  say may root
elif has sudo && sudo -n true >/dev/null 2>&1; then
  say may sudo
  as='sudo -n --'
elif has sudo && sudo -n -l >/dev/null 2>&1; then
  say may some
  as='sudo -n --'
else
  say may nothing
fi

for folder in / /var /var/log /var/lib /tmp /run; do
  [ -d "$folder" ] || continue
  limited df -P "$folder" 2>/dev/null | awk -v OFS="$tab" 'NR == 2 { print "disk", $6, $5 }'
  limited df -P -i "$folder" 2>/dev/null | awk -v OFS="$tab" 'NR == 2 { print "inodes", $6, $5 }'
done | sort -u

if has ss; then
  say ss yes
  limited $as ss -H -l -t -n -p "sport = :$port" 2>/dev/null | lines listener
fi

# Of each nginx the pid and what it says that it is.
ps -e -o pid= -o args= 2>/dev/null | awk -v OFS="$tab" '$2 == "nginx:" { pid = $1; $1 = ""; print "process", pid, $0 }'

if [ -d /run/systemd/system ] && has systemctl; then
  say init systemd
  properties=LoadState,ActiveState,SubState,Result,NRestarts,UnitFileState
  [ -z "$unit" ] || limited systemctl show -p "$properties" "$unit" 2>/dev/null | lines unit
  [ -z "$app_unit" ] || limited systemctl show -p "$properties" "$app_unit" 2>/dev/null | lines app-unit
  limited systemctl show -p "$properties" docker.service 2>/dev/null | lines docker-unit
fi

for engine in docker podman; do
  has $engine || continue
  if all=$(limited $as $engine ps --all --quiet --no-trunc 2>/dev/null); then
    say engine "$engine${tab}runs"
  else
    say engine "$engine${tab}fails"
    continue
  fi
  [ -n "$all" ] || continue
  # shellcheck disable=SC2086 # ids have no spaces
  limited $as $engine inspect --type container --format \
    "{{.Name}}$tab{{.State.Status}}$tab{{.State.ExitCode}}$tab{{.State.OOMKilled}}$tab{{.RestartCount}}$tab{{.Config.Image}}$tab{{index .Config.Labels \"dev.upkeep.stack\"}}$tab{{index .Config.Labels \"dev.upkeep.part\"}}$tab{{index .Config.Labels \"com.docker.compose.project\"}}$tab{{.HostConfig.NetworkMode}}$tab{{range .HostConfig.PortBindings}}{{range .}}{{.HostPort}} {{end}}{{end}}$tab{{.Path}}$tab{{range .Args}}{{.}} {{end}}" \
    $all 2>/dev/null | while IFS= read -r line; do say container "$engine$tab$line"; done
done

# The one that is called by a command of its own, or else that of the host.
[ $# -gt 0 ] || set -- nginx
if has "$1"; then
  say nginx "$(command -v "$1")"
  tested=$(limited $as "$@" -t 2>&1)
  say test "$?"
  printf '%s\n' "$tested" | lines tested
fi
