# What Java programs of the cluster run on: a JDK, its options, the class path, the environment.

# Sets java, options, class_path, and where the jars are.
find_runtime() {
  require_utf8
  find_java
  hadoop=$(pom_property hadoop.version)
  read_jvm_options spark.jvm.options
  # what a process writes besides, and a killed one leaves, lies in the cluster's folder
  options+=("-Djava.io.tmpdir=$dir/scratch")
  spark_home=$home/launcher/target/spark-home
  servers=$home/launcher/target/hadoop-client-minicluster-$hadoop.jar
  class_path="$dir/conf:$servers:$spark_home/jars/*"
  set_environment
}

# The cluster's own settings, whatever else is installed; workers hand them to what they start.
set_environment() {
  unset SPARK_TESTING SPARK_PUBLIC_DNS SPARK_LOCAL_HOSTNAME SPARK_DIST_CLASSPATH YARN_CONF_DIR
  export SPARK_HOME=$spark_home SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1
  export SPARK_CONF_DIR=$dir/conf HADOOP_CONF_DIR=$dir/conf SPARK_LOCAL_DIRS=$dir/scratch
}

# Builds Convoy and fetches Hadoop's servers, where they are not there.
prepare() {
  local said
  said=$("$home/scripts/convoy" --version 2>&1 >/dev/null) || {
    printf '%s\n' "$said" >&2
    fail "Convoy does not build or run; what it said stands above."
  }
  [[ -f $servers ]] && return
  command -v mvn >/dev/null ||
    fail "Maven (mvn) is not on PATH, but Hadoop's servers have to be fetched: install Maven 3.8."
  echo "cluster: fetching Hadoop's servers (56 MB) by Maven, once." >&2
  (cd "$home" && mvn -q -B -N -Dstyle.color=never \
    org.apache.maven.plugins:maven-dependency-plugin:copy -DoutputDirectory="$servers.new" \
    -Dartifact="org.apache.hadoop:hadoop-client-minicluster:$hadoop" >&2) ||
    fail "Hadoop's servers could not be fetched; what Maven said stands above."
  mv "$servers.new/${servers##*/}" "$servers"
  rmdir "$servers.new"
}
