# The daemons' processes, found again by their ids and by what their command lines say.

readonly SECONDS_TO_STOP=30

daemons() {
  echo namenode
  echo datanode
  echo master
  local worker
  for ((worker = 1; worker <= workers; worker++)); do
    echo "worker-$worker"
  done
}

command_of() {
  if [[ -r /proc/$1/cmdline ]]; then
    tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null || true
  else
    ps -ww -o command= -p "$1" 2>/dev/null || true
  fi
}

# The daemon's process id, if the process that has it is still that daemon: its command line holds a
# property that names the cluster's folder and the daemon.
pid_of() {
  local pid=
  [[ -f $dir/pids/$1 ]] || return 1
  read -r pid <"$dir/pids/$1" || true
  [[ $pid =~ ^[1-9][0-9]*$ ]] || return 1
  [[ $(command_of "$pid") == *" -Dconvoy.cluster=$dir/$1 "* ]] || return 1
  printf '%s' "$pid"
}

running() {
  local daemon
  for daemon in $(daemons); do
    pid_of "$daemon" >/dev/null && echo "$daemon"
  done
  return 0
}

require_running() {
  local daemon
  for daemon in "$@"; do
    pid_of "$daemon" >/dev/null ||
      fail "no $daemon runs in $dir: scripts/cluster start$dir_option starts it."
  done
}

# launch DAEMON HEAP MAIN-CLASS ARGUMENTS
# Of a group of its own, so that Ctrl-C on whoever started it does not reach it; without the lock.
launch() {
  local daemon=$1 heap=$2
  shift 2
  (
    set -m
    nohup "$java" "-Dconvoy.cluster=$dir/$daemon" "-Xmx$heap" -XX:+UseSerialGC "${options[@]}" \
      "-Dlog4j2.configurationFile=classpath:org/apache/spark/log4j2-defaults.properties" \
      -cp "$class_path" "$@" >>"$dir/logs/$daemon.log" 2>&1 </dev/null 9>&- &
    echo $! >"$dir/pids/$daemon"
  )
  launched+=("$daemon")
}

launch_if_missing() {
  pid_of "$1" >/dev/null || launch "$@"
}

# Asks the daemons to end, and kills those that do not.
end() {
  local daemon pid deadline=$((SECONDS + SECONDS_TO_STOP))
  for daemon in "$@"; do
    if pid=$(pid_of "$daemon"); then
      kill "$pid" 2>/dev/null || true
    fi
  done
  for daemon in "$@"; do
    while pid=$(pid_of "$daemon"); do
      if ((SECONDS >= deadline)); then
        kill -KILL "$pid" 2>/dev/null || true
      fi
      sleep 0.2
    done
    rm -f "$dir/pids/$daemon"
  done
}

tell_end_of() {
  echo "cluster: the end of $1:" >&2
  tail -n 8 "$1" >&2 || true
}
