# shellcheck shell=bash
# shellcheck disable=SC2154 # `root` is set by those who source this
#
# What a build needs: a JDK, Maven 3.9, one builder at a time. Sourced by ../upkeep and ../verify, which set `root`.
# Runs on the bash 3.2 of macOS.

# shellcheck disable=SC2034 # read by those who source this
OLDEST_JAVA=17
NEWEST_BUILD_JAVA=25 # the checkers in the build are tested up to this one; the command runs on any later Java
MAVEN_VERSION=3.9.16
# Where systems keep their Javas, as patterns for the shell. JAVA_HOME and PATH come before them.
JAVA_PLACES=(
  /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* # Debian, Fedora, SUSE, Oracle's packages
  /opt/*jdk* /opt/*java*
  /Library/Java/JavaVirtualMachines/*/Contents/Home
  "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home
  "${HOME:-}"/.sdkman/candidates/java/*
  "${HOME:-}"/.jdks/* # IntelliJ IDEA
  "${HOME:-}"/.asdf/installs/java/* "${HOME:-}"/.local/share/mise/installs/java/*
  /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
  /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
  /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec
)

# What Maven prints after every error and helps nobody.
MAVEN_CHATTER='^\[ERROR\] *($|-> |To see the full|Re-run Maven|For more info|\[Help|After correcting|  mvn )'

me=${0##*/}
failure_code=1
for_nagios=false # whether a failure is also said on standard output, as Nagios reads it
in_debian_as_root() { [[ -r /etc/debian_version && ${EUID:-$(id -u)} -eq 0 ]] && command -v apt-get >/dev/null; }

say() { printf '%s: %s\n' "$me" "$*" >&2; }

# fail PROBLEM [WHAT_TO_DO...]: ends with `failure_code`, also if nobody reads the words (a closed pipe).
fail() {
  said_why=true
  trap '' PIPE
  {
    say "$1"
    ! $for_nagios || printf 'UPKEEP UNKNOWN - %s\n' "${1//|/!}"
    shift
    [[ $# -eq 0 ]] || printf '  %s\n' "$@" >&2
  } || true
  exit "$failure_code"
}

# No script ends without a message.
said_why=false
trap 'code=$?; [[ $code -eq 0 ]] || $said_why || fail "stopped by a fault of this script, code $code at: $BASH_COMMAND"' EXIT

# ---- Java

# Prints the folders that may hold a Java, one per line.
java_homes() {
  local java link home
  java=$(command -v java) || java=
  while [[ -L $java ]]; do
    link=$(readlink "$java")
    [[ $link == /* ]] || link=$(dirname "$java")/$link
    java=$link
  done
  # A wrapper instead of a link (jenv, asdf) must be asked. The wrapper of macOS only opens a window; JAVA_PLACES has its Javas.
  if [[ $java == */bin/java && ! -r ${java%/bin/java}/release && $java != /usr/bin/java ]]; then
    "$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
  fi
  for home in "${UPKEEP_JAVA_HOME:-}" "${JAVA_HOME:-}" "${java%/bin/java}" "${JAVA_PLACES[@]}"; do
    [[ -z $home || ! -x $home/bin/java ]] || printf '%s\n' "$home"
  done
}

# Prints the version of the Java in HOME, from the file that comes with it, or by asking it.
java_version() { # HOME
  local line
  while IFS= read -r line; do
    if [[ $line == JAVA_VERSION=* ]]; then
      line=${line#*=}
      printf '%s\n' "${line//[\"$'\r']/}"
      return
    fi
  done 2>/dev/null <"$1/release" || true
  "$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p'
}

# Sets `java_home`, `java_full` (17.0.15) and `java_major` (17) to the newest Java of OLDEST_JAVA..HIGHEST that has PROGRAM.
find_newest_java() { # PROGRAM HIGHEST
  local home full rank best=0
  java_home='' java_full='' java_major=''
  while IFS= read -r home; do
    [[ -x $home/bin/$1 ]] || continue
    full=$(java_version "$home")
    rank=$(java_rank "$full")
    if ((rank > best && rank / 1000000 >= OLDEST_JAVA && rank / 1000000 <= $2)); then
      best=$rank java_home=$home java_full=$full java_major=$((rank / 1000000))
    fi
  done < <(java_homes)
  [[ -n $java_home ]]
}

java_rank() { # 17.0.15 -> 17000015
  local IFS=.+-_ part rank=0 count=0
  for part in $1 0 0 0; do
    part=${part//[!0-9]/}
    ((count < 3)) && rank=$((rank * 1000 + 10#${part:-0}))
    count=$((count + 1))
  done
  printf '%s\n' "$rank"
}

# Sets the three to the newest Java that runs upkeep. As root on Debian, installs one if there is none.
need_java() {
  if [[ -n ${UPKEEP_JAVA_HOME:-} ]]; then
    [[ -x $UPKEEP_JAVA_HOME/bin/java ]] || fail "UPKEEP_JAVA_HOME=$UPKEEP_JAVA_HOME has no bin/java"
    java_home=$UPKEEP_JAVA_HOME java_full=$(java_version "$UPKEEP_JAVA_HOME")
    java_major=$(($(java_rank "$java_full") / 1000000))
    ((java_major >= OLDEST_JAVA)) || fail "UPKEEP_JAVA_HOME=$UPKEEP_JAVA_HOME is Java $java_full; upkeep needs $OLDEST_JAVA or later"
    return
  fi
  find_newest_java java 9999 || install_jdk java
}

# Sets the three to the Java that builds upkeep. It must be a whole JDK.
need_jdk() {
  find_newest_java javac "$NEWEST_BUILD_JAVA" || find_newest_java javac 9999 || install_jdk javac
}

install_jdk() { # PROGRAM
  local package
  if in_debian_as_root; then
    [[ -n $(ls /var/lib/apt/lists/*Packages* 2>/dev/null) ]] || apt_get update || true
    for package in openjdk-{25,21,17}-jdk-headless; do
      if apt-cache show "$package" >/dev/null 2>&1; then
        say "no JDK $OLDEST_JAVA or later here; installing $package"
        install_packages "$package"
        find_newest_java "$1" 9999 && return
      fi
    done
  fi
  local maven='' # named now, so that the next start does not ask for it
  command -v mvn >/dev/null || [[ -d $root/.tools/apache-maven-$MAVEN_VERSION ]] || maven=' maven'
  fail "needs a JDK, version $OLDEST_JAVA or later; looked in JAVA_HOME (${JAVA_HOME:-not set}), PATH and the usual folders" \
    "Debian, Ubuntu: sudo apt-get install openjdk-17-jdk-headless$maven" \
    "Fedora:         sudo dnf install java-latest-openjdk-devel$maven" \
    "Alpine:         sudo apk add openjdk21-jdk bash$maven" \
    "macOS:          brew install openjdk$maven" \
    'anything else:  sdk install java   (SDKMAN), or unpack one anywhere and set JAVA_HOME'
}

# ---- Debian packages

apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@" >>"$(log_folder)/packages.log" 2>&1 </dev/null; }

# Installs without starting any daemon: it would take ports that the tests or the owner of this machine use.
install_packages() { # PACKAGE...
  local policy=/usr/sbin/policy-rc.d ours='made by the build of upkeep, and removed by it' made=false done=true
  if [[ ! -e $policy ]] || grep -q "$ours" "$policy" 2>/dev/null; then
    printf '#!/bin/sh\n# %s\nexit 101\n' "$ours" >"$policy" && chmod 755 "$policy" && made=true
  fi
  apt_get install -y --no-install-recommends "$@" ||
    { apt_get update && apt_get install -y --no-install-recommends "$@"; } || done=false
  ! $made || rm -f "$policy"
  $done || fail "apt-get could not install: $*" "The reason is at the end of $(log_folder)/packages.log" "$(tail -n 3 "$(log_folder)/packages.log" | sed '2,$s/^/  /')"
}

# ---- Maven

# Sets `maven` to the path of a Maven 3.9. If there is none, fetches one into .tools with any older Maven.
need_maven() {
  maven=$root/.tools/apache-maven-$MAVEN_VERSION/bin/mvn
  [[ ! -x $maven ]] || return 0
  local any version work=$root/.tools/new.$$
  any=$(command -v mvn) || any=
  if [[ -z $any ]] && in_debian_as_root; then
    say 'no Maven here; installing the one of this Debian'
    install_packages maven
    any=$(command -v mvn)
  fi
  [[ -n $any ]] || fail "needs Maven to build (3.9; any older one can fetch 3.9)" \
    'Debian, Ubuntu: sudo apt-get install maven' 'Fedora: sudo dnf install maven' 'macOS: brew install maven' 'anything else: sdk install maven   (SDKMAN)'
  version=$(maven_version "$any") || version=''
  case $version in
    3.9.* | 3.[1-9][0-9].*)
      maven=$any
      return
      ;;
  esac
  rm -rf "$root"/.tools/new.*
  mkdir -p "$work"
  in_background "fetching Maven $MAVEN_VERSION with the Maven ${version:-of unknown version} here" "$(log_folder)/maven.log" \
    unpack_maven "$any" "$work" || explain_failed_build "$(log_folder)/maven.log"
  mv "$work/apache-maven-$MAVEN_VERSION" "$root/.tools/" && rm -rf "$work"
}

maven_version() { JAVA_HOME=$java_home "$1" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p'; }

unpack_maven() { # MVN FOLDER
  cd "$2" || return
  JAVA_HOME=$java_home exec "$1" -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.11.0:unpack \
    "-Dartifact=org.apache.maven:apache-maven:$MAVEN_VERSION:zip:bin" "-DoutputDirectory=$2"
}

# call_maven ARGUMENT...: runs Maven on this clone with the chosen Java, in place of this process.
call_maven() {
  cd "$root" || return
  umask 022 # file modes get into jars, which must be the same wherever they are built
  JAVA_HOME=$java_home exec "$maven" -B -ntp "$@"
}

# Ends with the reason, as the log has it.
explain_failed_build() { # LOG
  show_errors "$1" >&2
  fail 'the build failed' "Log: $1"
}

# Builds the programs of benchmarks/, and finds a Java for them.
build_benchmarks() {
  lock_build
  need_jdk
  need_maven
  in_background 'building' "$(log_folder)/benchmarks.log" call_maven -q -pl benchmarks -am package \
    -Dmaven.test.skip=true -Dspotless.check.skip -Djacoco.skip -Dmdep.analyze.skip ||
    explain_failed_build "$(log_folder)/benchmarks.log"
  unlock_build
  need_java
}

# Prints what went wrong, from the log of Maven. If it was the network, prints also what to do.
show_errors() { # LOG
  local reason
  reason=$(grep -m 1 -o -E 'Could not transfer .*|Unknown host .*|[Cc]annot access .* in offline mode.*' "$1") || reason=''
  if [[ -n $reason ]]; then
    printf '%s\n' 'Maven could not download what the build needs:' \
      "  $(sed 's/ from\/to .*transfer failed for [^ ]*: /: /' <<<"$reason" | cut -c 1-300)" \
      'The first build needs a network, later ones do not.' \
      'Behind a proxy, or with a mirror: say so in ~/.m2/settings.xml (<proxies>, <mirrors>).' \
      'With no network at all: copy ~/.m2/repository and .tools/ from a machine that has built this.'
  elif ! grep -E '^\[ERROR\]' "$1" | grep -v -E "$MAVEN_CHATTER" | cut -c 1-300 | head -n 40; then
    tail -n 20 "$1"
  fi
}

# ---- One builder at a time, progress, interruption

log_folder() {
  mkdir -p "$root/target" 2>/dev/null && printf '%s\n' "$root/target" || printf '%s\n' "${TMPDIR:-/tmp}"
}

# Waits for others who build this clone. The lock is on file 9, which the children of the builder keep open, too. If the
# builder is killed, they hold it until they end. Then it is free, and nothing is left to clean up.
lock_build() {
  { mkdir -p "$root/.tools" && : >>"$root/.tools/lock"; } 2>/dev/null || fail "cannot write to $root, so cannot build there" \
    'Build it once as a user who may (./upkeep version), or clone it to a folder of your own.'
  exec 9>>"$root/.tools/lock"
  take_lock now || {
    say 'another build of this clone is running; waiting for it'
    take_lock wait
  }
}

unlock_build() { exec 9>&-; }

take_lock() { # now|wait
  if command -v flock >/dev/null; then
    if [[ $1 == now ]]; then flock -n 9; else flock 9; fi
  elif command -v perl >/dev/null; then # macOS has no flock, but it has Perl
    perl -MFcntl=:flock -e 'open my $f, ">&=", 9 or die; flock($f, LOCK_EX | ($ARGV[0] eq "now" ? LOCK_NB : 0)) or exit 1' "$1"
  fi
}

# in_background WHAT LOG COMMAND...: runs the command with its output in LOG, and shows the seconds on standard error.
# If `watcher` names a function, it is called with each new line of LOG, and may announce what goes on.
in_background() {
  local what=$1 log=$2 child code=0 start=$SECONDS live=false part='' line=''
  shift 2
  [[ ! -t 2 || ${TERM:-dumb} == dumb ]] || live=true
  $live || say "$what"
  : >"$log"
  exec 8<"$log"
  "$@" >"$log" 2>&1 </dev/null 8<&- &
  child=$!
  trap 'interrupted INT' INT
  trap 'interrupted TERM' TERM
  trap 'interrupted HUP' HUP
  while kill -0 "$child" 2>/dev/null; do
    ! $live || printf '\r\033[K%s: %s, %s s' "$me" "$what" $((SECONDS - start)) >&2
    sleep 0.2
    watch_log
  done
  exec 8<&-
  ! $live || printf '\r\033[K' >&2
  wait "$child" || code=$?
  trap - INT TERM HUP
  return "$code"
}

watch_log() {
  [[ -n ${watcher:-} ]] || return 0
  while IFS= read -r part <&8 || { line+=$part && false; }; do
    "$watcher" "$line$part"
    line=''
  done
}

# Prints a line of its own, above the one with the seconds.
announce() { # TEXT
  ! $live || printf '\r\033[K' >&2
  printf '%s\n' "$1" >&2
}

# Ends the child of in_background, which does not see Ctrl-C. Then ends this script by the same signal, as shells expect it.
interrupted() { # SIGNAL
  trap - INT TERM HUP
  kill -TERM "$child" 2>/dev/null || true
  wait "$child" 2>/dev/null || true
  ! $live || printf '\n' >&2
  say 'interrupted; the next run starts over'
  said_why=true
  kill "-$1" $$
}
