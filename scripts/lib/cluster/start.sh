# scripts/cluster start.

readonly SECONDS_TO_START=300

# How long the workers keep what an application or a driver has left.
readonly SECONDS_TO_KEEP=86400

start() {
  [[ $dir =~ ^[A-Za-z0-9._/+@=-]+$ ]] ||
    usage "--dir must have no other characters than letters, digits and . _ / + @ = -; got '$dir'"
  lock
  local runs
  runs=$(running)
  if [[ -n $runs ]]; then
    given_agrees ||
      fail "a cluster with other settings runs in $dir: end it first, by\
 scripts/cluster stop$dir_option."
  else
    apply_given
    require_free_ports namenode hdfs_port hdfs_web_port
    require_free_ports master spark_port spark_web_port
  fi
  if [[ $runs == "$(daemons)" ]]; then
    echo "The cluster in $dir runs already."
  else
    find_runtime
    clean_up
    configure
    prepare
    format_if_new
    launch_all
  fi
  tell
}

configure() {
  mkdir -p "$dir"/{conf,logs,pids,hdfs,scratch}
  configure_hdfs
  configure_spark
  write_settings
}

launch_all() {
  local worker
  launched=()
  deadline=$((SECONDS + SECONDS_TO_START))
  trap 'trap - INT TERM; give_up "interrupted"' INT TERM
  launch_if_missing namenode 256m org.apache.hadoop.hdfs.server.namenode.NameNode
  launch_if_missing datanode 256m org.apache.hadoop.hdfs.server.datanode.DataNode
  # a port that is taken is an error, not a reason to take the next one
  launch_if_missing master 512m -Dspark.port.maxRetries=0 org.apache.spark.deploy.master.Master \
    --host 127.0.0.1 --port "$spark_port" --webui-port "$spark_web_port"
  # a worker that finds no master asks again only after ten seconds
  await "Spark's master" 1 master_answers
  for ((worker = 1; worker <= workers; worker++)); do
    launch_if_missing "worker-$worker" 512m -Dspark.worker.cleanup.enabled=true \
      "-Dspark.worker.cleanup.appDataTtl=$SECONDS_TO_KEEP" org.apache.spark.deploy.worker.Worker \
      --host 127.0.0.1 --port 0 --webui-port 0 --cores "$cores" --memory "$memory" \
      --work-dir "$dir/applications/$worker" "$master"
  done
  await "HDFS with its data node" 1 data_nodes
  await "HDFS out of safe mode" Operational safe_mode
  await "each of Spark's workers" "$workers" live_workers
  trap - INT TERM
}

# Waits until a command prints the wanted text, as long as what was launched lives.
await() {
  local what=$1 wanted=$2 daemon
  shift 2
  while [[ $("$@") != "$wanted" ]]; do
    for daemon in ${launched[@]+"${launched[@]}"}; do
      pid_of "$daemon" >/dev/null || give_up "$daemon ended while it started" "$daemon"
    done
    ((SECONDS < deadline)) ||
      give_up "$what was not there after $SECONDS_TO_START s" namenode master
    sleep 0.3
  done
}

# Ends what this call has launched, and says what the logs say.
give_up() {
  local why=$1 daemon
  shift
  end ${launched[@]+"${launched[@]}"}
  for daemon in "$@"; do
    tell_end_of "$dir/logs/$daemon.log"
  done
  fail "$why; what had been started is ended again."
}

tell() {
  local jar
  jar=$(find_jar)
  jar=${jar#"$home/"}
  cat <<TEXT
HDFS    $hdfs   pages: http://127.0.0.1:$hdfs_web_port
Spark   $master  pages: http://127.0.0.1:$spark_web_port
        $workers workers with $cores cores and $memory each

Next, in $home:
  scripts/convoy fetch fashion-mnist data/fashion-mnist
  scripts/cluster hdfs$dir_option dfs -mkdir -p $hdfs/data
  scripts/cluster hdfs$dir_option dfs -put data/fashion-mnist $hdfs/data/
  scripts/cluster submit$dir_option --class io.convoy.launcher.Main $jar \\
    train fashion-mnist --data $hdfs/data/fashion-mnist --out $hdfs/runs/fm --executors 2
  scripts/cluster hdfs$dir_option dfs -cat $hdfs/runs/fm/result.json
With --deploy-mode cluster before --class, the driver runs on a worker, too.
To end it: scripts/cluster stop$dir_option
TEXT
}
