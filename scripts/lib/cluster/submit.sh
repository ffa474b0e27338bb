# scripts/cluster submit: spark-submit, and what became of a driver on a worker.

# As Spark's bin/spark-class does it: Spark's launcher writes the command.
submit() {
  require_running namenode datanode master
  find_runtime
  clean_up
  local word words=()
  while IFS= read -r -d '' word; do
    words+=("${word#$'\n'}")
  done < <("$java" -cp "$spark_home/jars/*" org.apache.spark.launcher.Main \
    org.apache.spark.deploy.SparkSubmit "$@")
  # the first word is the launcher's mark that its own messages are over
  ((${#words[@]} > 1)) || fail "Spark's launcher gave no command for spark-submit $*."
  words=("${words[@]:1}")
  if goes_to_a_worker "${words[@]}"; then
    submit_to_a_worker "${words[@]}"
  else
    exec "${words[@]}"
  fi
}

# Whether the driver is to run on a worker. The words of the application are not looked at: in the
# launcher's command the options of spark-submit come first, each in two words but for a few.
goes_to_a_worker() {
  while (($# > 0)) && [[ $1 != org.apache.spark.deploy.SparkSubmit ]]; do
    shift
  done
  shift
  while (($# > 1)); do
    case "$1 $2" in
      '--deploy-mode cluster' | '--conf spark.submit.deployMode=cluster') return 0 ;;
      '--verbose '* | '--supervise '*) shift ;;
      --*) shift 2 ;;
      *) return 1 ;;
    esac
  done
  return 1
}

# spark-submit ends with 0 whatever becomes of the driver; the master knows.
submit_to_a_worker() {
  local said code=0 driver state
  said=$(mktemp "$dir/logs/submission.XXXXXX")
  { "$@" 2>&1 >&3 3>&- | tee "$said" >&2; } 3>&1 || code=$?
  driver=$(sed -n 's/.* submitted as \(driver-[0-9-]*\).*/\1/p' "$said" | head -n 1)
  rm -f "$said"
  [[ -n $driver ]] || exit "$code"
  state=$(state_of_driver "$driver")
  case $state in
    FAILED | ERROR | KILLED) give_up_driver "$driver" "$state" ;;
    '') fail "Spark's master does not tell the state of $driver; $(printed_by "$driver")." 1 ;;
  esac
  echo "cluster: $driver is $state; $(printed_by "$driver")." >&2
  exit "$code"
}

# The state of a driver by Spark's master: a page of JSON, one value a line, of each driver its id
# first.
state_of_driver() {
  page "$spark_web_port" /json/ |
    sed -n "/\"id\" : \"$1\"/,/\"state\"/s/.*\"state\" : \"\([A-Z]*\)\".*/\1/p"
}

# Each application and each driver leaves a folder on its worker, with a copy of the jar.
clean_up() {
  local worker
  for worker in "$dir"/applications/*; do
    keep_last 5 "$worker"/app-*
    keep_last 5 "$worker"/driver-*
  done
}

# The folder of a driver, on whichever worker has it.
folder_of_driver() {
  local folder
  for folder in "$dir"/applications/*/"$1"; do
    printf '%s' "$folder"
  done
}

printed_by() {
  printf 'what it prints is in %s' "$(folder_of_driver "$1")"
}

# give_up_driver DRIVER STATE
give_up_driver() {
  local log
  log=$(folder_of_driver "$1")/stderr
  [[ -f $log ]] || fail "$1, on a worker, is $2: what Spark says of it stands above." 1
  echo "cluster: the end of $log:" >&2
  # without Spark's own head of it, which is the driver's command
  sed '1,/^=====/d' "$log" | tail -n 8 >&2
  fail "$1, on a worker, is $2; $(printed_by "$1")." 1
}
