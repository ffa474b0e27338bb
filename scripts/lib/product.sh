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
