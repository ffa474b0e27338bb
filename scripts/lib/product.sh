# What every script of Convoy needs first: a word on what is wrong, a Java, the jar, lines of the
# parent pom. The script that reads this has set program and home.

fail() {
  printf '%s: %s\n' "$program" "$1" >&2
  exit "${2:-4}"
}

find_java() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    java=$JAVA_HOME/bin/java
    if [[ ! -x $java ]]; then
      local other
      other=$(command -v java) || true
      fail "JAVA_HOME=$JAVA_HOME has no bin/java: point it to a JDK, 17 or\
 later${other:+, or unset it to use $other}."
    fi
  else
    java=$(command -v java) ||
      fail "no Java found: install a JDK, 17 or later, or set JAVA_HOME to one."
  fi
  local version
  version=$("$java" -version 2>&1 |
    sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1) || true
  [[ -n $version ]] || fail "$java does not run: set JAVA_HOME to a JDK, 17 or later."
  ((version >= 17)) ||
    fail "$java is Java $version, but Convoy needs 17 or later: set JAVA_HOME to a newer JDK."
}

# The newest jar, or nothing.
find_jar() {
  local newest='' candidate
  for candidate in "$home"/launcher/target/convoy-[0-9]*.jar; do
    [[ -f $candidate ]] || continue
    if [[ -z $newest || $candidate -nt $newest ]]; then
      newest=$candidate
    fi
  done
  printf '%s' "$newest"
}

# A line of JVM options, or another property, out of the parent pom: the tests take theirs from
# there, too.
pom_property() {
  local value
  value=$(sed -n "s|.*<$1>\(.*\)</$1>.*|\1|p" "$home/pom.xml")
  [[ -n $value ]] || fail "pom.xml has no line with <$1>."
  printf '%s' "$value"
}

# read_jvm_options PROPERTY...: such lines as the array options. An option that opens a package which
# this Java no longer has is left out: Java would warn of it at each start.
read_jvm_options() {
  local packages name line words word package
  packages=$("$java" --describe-module java.base 2>/dev/null | tr '\n' ' ') || packages=
  options=()
  for name in "$@"; do
    line=$(pom_property "$name")
    read -r -a words <<<"$line"
    for word in "${words[@]}"; do
      package=${word#--add-opens=java.base/}
      [[ $package == "$word" || -z $packages || $packages == *" ${package%%=*} "* ]] || continue
      options+=("$word")
    done
  done
}

# Where the locale knows ASCII alone, as that of cron, containers and many services does, Java cannot
# name files in other letters.
require_utf8() {
  case $(locale charmap 2>/dev/null) in
    ANSI_X3.4-1968 | US-ASCII) ;;
    *) return 0 ;;
  esac
  [[ $(LC_ALL=C.UTF-8 locale charmap 2>/dev/null) == UTF-8 ]] || return 0
  if [[ -n ${LC_ALL:-} ]]; then
    export LC_ALL=C.UTF-8
  else
    export LC_CTYPE=C.UTF-8
  fi
}

# keep_last NUMBER FOLDER...: of folders in the order of their age, the oldest first, removes all but
# the last ones and those that a process works in.
keep_last() {
  local number=$1 busy=
  shift
  if [[ -d /proc/self ]]; then
    busy=$(readlink /proc/[0-9]*/cwd 2>/dev/null)/ || true
  fi
  while (($# > number)); do
    if [[ -d $1 && $busy != *"$1"[/$'\n']* ]] && ! is_fresh "$1"; then
      rm -rf "$1"
    fi
    shift
  done
}

# Where no /proc tells who works in a folder (macOS): whether somebody may, or did within a day.
is_fresh() {
  [[ ! -d /proc/self && -n $(find "$1" -mtime -1 -print -quit) ]]
}
