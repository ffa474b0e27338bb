# The jar and Spark's jars beside it, built where they are missing or older than the sources.

# Folders count too, so that a file taken away is noticed.
is_current() {
  local jar
  jar=$(find_jar)
  [[ -n $jar && -d $home/launcher/target/spark-home/jars ]] || return 1
  local newer
  newer=$(cd "$home" && find pom.xml conf/recipes {core,spark-trainer,launcher}/{pom.xml,src/main} \
    -newer "$jar" -print -quit)
  [[ -z $newer ]]
}

build() {
  "$java" --list-modules | grep -q '^jdk\.compiler@' ||
    fail "$java has no compiler, which the build needs: set JAVA_HOME to a JDK, 17 or later."
  command -v mvn >/dev/null ||
    fail "Maven (mvn) is not on PATH, and Convoy has to be built: install Maven 3.8 or later."
  if [[ -n $(find_jar) ]]; then
    echo "convoy: the sources have changed: building, which takes some seconds." >&2
  else
    echo "convoy: building for the first time: about half a minute, and some minutes more" \
      "where Maven has to fetch Spark." >&2
  fi
  # Taken away, not written over: a run that has the old jar open keeps it.
  rm -f "$home"/launcher/target/convoy-[0-9]*.jar
  # What --version tells, where this folder is a checkout and git is there.
  local commit=unknown
  if [[ -e $home/.git ]]; then
    commit=$(git -C "$home" describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null) ||
      commit=unknown
  fi
  # In a folder of its own, or the next mvn verify would take these classes as compiled and not
  # show them to Error Prone.
  (cd "$home" && mvn -q -B -Dstyle.color=never -Dquick -Dbuild.folder=target/quick \
    -Dconvoy.commit="$commit" \
    -Dmaven.test.skip=true -pl launcher -am package >&2) ||
    fail "the build failed; what Maven said stands above."
}

build_if_needed() {
  is_current && return
  mkdir -p "$home/launcher/target" ||
    fail "cannot write to $home/launcher/target, where Convoy is to be built."
  # One builds, the others wait and then find it done. Without flock (macOS) nobody waits.
  (
    if command -v flock >/dev/null; then
      flock 9
    fi
    is_current || build
  ) 9>"$home/launcher/target/build.lock"
}
