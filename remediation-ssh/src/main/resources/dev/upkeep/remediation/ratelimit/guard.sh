# shellcheck shell=sh
#
# Keeps, on the host that is repaired, who is at it and when it was repaired. Prints facts: a key, a tab, and what was found.
#
# Usage: guard HOST look
#        guard HOST enter TOKEN WHO             takes the lock, unless somebody has it
#        guard HOST begin TOKEN WHO WHAT        writes down that a repair begins; fails if somebody else has the lock
#        guard HOST leave TOKEN RESULT          writes down how it ended, and gives the lock back; without a result only that
#        guard HOST reset                       forgets all repairs

LC_ALL=C
export LC_ALL
LEASE=900 # seconds after which a lock is that of a healer that died
KEPT=100  # lines of the history

if [ -w /var/lib ] || [ -w /var/lib/upkeep/heal ]; then
  dir=/var/lib/upkeep/heal
else
  dir=${XDG_STATE_HOME:-$HOME/.local/state}/upkeep-heal
fi
dir=$dir/$1
shift
lock=$dir/lock
history=$dir/history
now=$(date +%s)

say() { printf '%s\t%s\n' "$1" "$2"; }

tell() {
  say now "$now"
  say folder "$dir"
  [ ! -e /var/lib/upkeep/maintenance ] || say maintenance "$(head -c 200 /var/lib/upkeep/maintenance | tr '\n\t' '  ')"
  [ ! -r "$history" ] || while IFS= read -r line; do say try "$line"; done <"$history"
}

# When it was taken. A healer may have died before it had written that down.
since() {
  taken=$(sed -n 2p "$lock/owner" 2>/dev/null)
  [ -n "$taken" ] || taken=$(stat -c %Y "$lock" 2>/dev/null)
  printf '%s' "${taken:-$now}"
}

is_ours() { [ "$(sed -n 1p "$lock/owner" 2>/dev/null)" = "$1" ]; }

take() { # TOKEN WHO
  mkdir "$lock" 2>/dev/null || return 1
  printf '%s\n%s\n%s\n' "$1" "$now" "$2" >"$lock/owner" && return 0
  # Nobody could tell later whose it is: no room is left, for instance.
  rm -rf "$lock"
  exit 1
}

note() { printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$now" "$2" "$3" "$4" >>"$history"; }

# One run of this script at a time; a run that is killed lets go.
alone() {
  mkdir -p "$dir" || exit 1
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$dir/alone"
    flock -w 10 9 || exit 1
  fi
}

case $1 in
  enter | begin | leave | reset) alone ;;
esac

case $1 in
  look)
    tell
    [ ! -d "$lock" ] || say held "$(since)$(printf '\t')$(sed -n 3p "$lock/owner" 2>/dev/null)"
    ;;
  enter)
    if ! take "$2" "$3" && [ $((now - $(since))) -gt $LEASE ]; then
      rm -rf "$lock"
      take "$2" "$3"
    fi
    tell
    if is_ours "$2"; then
      say entered "$2"
    else
      say held "$(since)$(printf '\t')$(sed -n 3p "$lock/owner" 2>/dev/null)"
    fi
    ;;
  begin)
    is_ours "$2" || exit 1
    printf '%s\n%s\n%s\n' "$2" "$now" "$3" >"$lock/owner"
    note "$2" begun "$3" "$4" || exit 1
    ;;
  leave)
    is_ours "$2" || exit 1
    if [ -n "$3" ]; then
      note "$2" "$3" '' ''
      tail -n $KEPT "$history" >"$history.new" && mv "$history.new" "$history"
    fi
    rm -rf "$lock"
    ;;
  reset)
    rm -rf "$history" "$lock" || exit 1
    tell
    ;;
esac
