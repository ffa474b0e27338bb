# scripts/cluster status.

status() {
  local daemon pid state=0
  for daemon in $(daemons); do
    if pid=$(pid_of "$daemon"); then
      printf '%-9s runs, process %s\n' "$daemon" "$pid"
    else
      printf '%-9s does not run%s\n' "$daemon" \
        "$([[ ! -f $dir/logs/$daemon.log ]] || echo "; its log is $dir/logs/$daemon.log")"
      state=3
    fi
  done
  if pid_of namenode >/dev/null; then
    local nodes mode
    nodes=$(data_nodes)
    mode=$(safe_mode)
    echo "HDFS at $hdfs: ${mode:-does not answer}, data nodes: ${nodes:-unknown}"
    [[ $nodes == 1 && $mode == Operational ]] || state=3
  fi
  if pid_of master >/dev/null; then
    local alive
    alive=$(live_workers)
    echo "Spark at $master: ${alive:-an unknown number} of $workers workers registered"
    [[ $alive == "$workers" ]] || state=3
  fi
  return "$state"
}
