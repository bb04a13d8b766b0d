# shellcheck shell=bash
# shellcheck disable=SC2154 # the names that ../upkeep sets
#
# The slow part of ../upkeep, which sources this only when something is missing: the build of the jar, the choice of a
# Java, the archive that makes the JVM start faster. Uses `root`, `launch` and `state`. Sets the variables that ../upkeep names.
#
# cli/target/launch/
#   current           the name of the newest finished build, and as its own time the moment that build was begun;
#                     written last and renamed into place, so that an interrupted build does not count
#   BUILD/upkeep.jar  a copy, so that a Maven that works in cli/target does not change the jar of a running command
#   BUILD/*.aot,*.jsa the archives of one Java (JDK 25 and later: AOT caches; before: AppCDS); *-aws.* for stacks on AWS
#   java              the chosen Java, and for which environment it was chosen

# shellcheck source=scripts/toolchain.sh
source "$root/scripts/toolchain.sh"

# The training runs for the archives: commands that load what a check loads, or a plan on AWS, the best first. One that ends
# with 0 is enough.
TRAINING_COMMANDS=(train version --version)
AWS_TRAINING_COMMANDS=(train-aws)
TRAINING_SECONDS=60

# Whether the words ask for the Nagios format. Its readers look at standard output only.
wants_nagios() { # WORD...
  local word before=''
  for word; do
    [[ $before != -o && $before != --output || $word != nagios ]] || return 0
    case $word in -onagios | -o=nagios | --output=nagios) return 0 ;; esac
    before=$word
  done
  return 1
}

if ${judges:-false}; then
  failure_code=3
  ! wants_nagios "$@" || for_nagios=true
fi

# ---- The start

# Ends, because the JVM could not start the command. The JVM has said why; this says it once more, for Nagios.
fail_without_java() {
  local said reason='' line hints=("Java: $java_home; UPKEEP_JAVA_HOME names another one")
  said=$("$java_home/bin/java" "${flags[@]}" "${program[@]}" --version 2>&1) || true
  while IFS= read -r line; do
    case $line in
      '' | 'Picked up '* | 'Error: Could not create the Java'* | 'Error: A fatal exception'* | 'Error occurred during init'* | *'shell-init'*) ;;
      *) reason=${reason:-: ${line#Error: }} ;;
    esac
  done <<<"$said"
  for line in UPKEEP_JAVA_OPTS JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS; do
    [[ -z ${!line:-} ]] || hints+=("flags for it are taken from $line")
  done
  [[ $(ulimit -v) == unlimited ]] || hints+=("its memory is limited to $(ulimit -v) KiB of addresses (ulimit -v)")
  [[ -d $PWD && -r . ]] || hints+=("the working folder $PWD is gone; change to another one")
  fail "Java could not start, so nothing was measured$reason" "${hints[@]}"
}

# ---- The build

make_build() {
  if [[ -n ${build:-} && ! -w $launch ]]; then
    say "the sources are newer than the build, and $launch cannot be written to; running the older build"
    return
  fi
  lock_build
  if ! find_build; then
    build_jar
    publish_build
    just_built=true
  fi
  unlock_build
}

build_jar() {
  local log what='building (first use; takes a minute or two)'
  log=$(log_folder)/build.log
  [[ ! -e $launch/current ]] || what='building (sources have changed)'
  need_jdk
  need_maven
  begin_build
  in_background "$what" "$log" package_jar || {
    rm -f "$root/.tools/building"
    explain_failed_build "$log"
  }
  rm -f "$root/.tools/building"
  [[ -s $root/cli/target/upkeep.jar ]] || fail "the build made no cli/target/upkeep.jar" "Log: $log"
}

# A killed compiler leaves files that look newer than their sources. After one, the build starts from nothing.
begin_build() {
  [[ ! -e $root/.tools/building ]] || rm -rf "$root"/*/target
  : >"$root/.tools/building"
  : >"$root/.tools/begun"
}

# Leaves out what costs seconds and is for developers: tests, format, coverage, rules. ./verify runs all of it.
package_jar() {
  call_maven -T 1C -Punchecked -pl cli -am package -Dmaven.test.skip=true -Dspotless.check.skip -Dspotless.skip -Denforcer.skip \
    -Djacoco.skip -Dmdep.analyze.skip -Dmaven.javadoc.skip -Dmaven.source.skip
}

# Makes cli/target/upkeep.jar the current build. Keeps the one before it, for commands that are just starting.
publish_build() {
  local before='' folder
  mkdir -p "$launch"
  read -r before 2>/dev/null <"$launch/current" || true
  build=$(date +%Y%m%d-%H%M%S)-$$
  for folder in "$launch"/*/; do
    [[ $folder == "$launch/$before/" ]] || rm -rf "$folder"
  done
  { mkdir "$launch/$build" && cp "$root/cli/target/upkeep.jar" "$launch/$build/upkeep.jar" &&
    printf '%s\n' "$build" >"$launch/next" && touch -r "$root/.tools/begun" "$launch/next" &&
    mv -f "$launch/next" "$launch/current"; } || fail "cannot write to $launch"
}

# ---- The choice of Java

choose_java() {
  need_java
  archive=java-$java_full-$(printf '%s %s' "$root" "$java_home" | cksum | tr -d ' ').aot
  ((java_major >= 25)) || archive=${archive%.aot}.jsa
  # The command runs even if the choice cannot be written down.
  { mkdir -p "$state" && printf '%s\n' "$root|${UPKEEP_JAVA_HOME:-}|${JAVA_HOME:-}|$PATH" "$java_home" "$java_major" "$archive" >"$state/java.$$" &&
    mv -f "$state/java.$$" "$state/java"; } 2>/dev/null || rm -f "$state/java.$$" 2>/dev/null || true
}

# ---- The archive

# Right after a build, the command waits for its archive. Later (another Java, another user), it is made in the background.
make_archive() {
  local tried=$archive.tried
  { mkdir -p "${archive%/*}" && find "$tried" -mmin +60 -exec rm -f {} + ; } 2>/dev/null || true
  [[ ! -e $tried ]] && { : >"$tried"; } 2>/dev/null || return 0 # it could not be made: one try per hour is enough
  if ${just_built:-false}; then
    in_background 'preparing quick starts' "$tried" train || true
  else
    (train nice </dev/null >/dev/null 2>&1 &)
    [[ $state == "$launch" ]] || find "$state" -mindepth 1 -maxdepth 1 -type d -mtime +30 -exec rm -rf {} + 2>/dev/null || true
  fi
}

# Puts the archive into place after one start with it has worked: a JVM may crash on an incomplete file.
train() { # [PREFIX OF THE COMMAND]
  local work=$archive.new.$$ command make use commands=("${TRAINING_COMMANDS[@]}")
  [[ $archive != *-aws.* ]] || commands=("${AWS_TRAINING_COMMANDS[@]}")
  mkdir "$work"
  # shellcheck disable=SC2064 # this folder, now
  trap "rm -rf '$work'" EXIT
  make=(-XX:ArchiveClassesAtExit="$work/archive") use=(-XX:SharedArchiveFile="$work/archive")
  ((java_major < 25)) || make=(-XX:AOTCacheOutput="$work/archive") use=(-XX:AOTCache="$work/archive")
  for command in "${commands[@]}"; do
    if within_limit "$@" "$java_home/bin/java" "${flags[@]}" "${make[@]}" -jar "$jar" "$command" && [[ -s $work/archive ]] &&
      within_limit "$@" "$java_home/bin/java" "${flags[@]}" "${use[@]}" -jar "$jar" "$command"; then
      mv -f "$work/archive" "$archive"
      return
    fi
  done
}

within_limit() { # COMMAND...
  local child left=$((TRAINING_SECONDS * 10))
  (cd "$work" && exec "$@") &
  child=$!
  while kill -0 "$child" 2>/dev/null; do
    ((left-- > 0)) || kill -9 "$child"
    sleep 0.1
  done
  wait "$child"
}
