# scripts/cluster stop.

stop() {
  if [[ -d $dir ]]; then
    lock
  fi
  local file daemon runs=()
  # whatever was started here, also more workers than the settings name
  for file in "$dir"/pids/*; do
    daemon=${file##*/}
    if [[ -f $file ]] && pid_of "$daemon" >/dev/null; then
      runs+=("$daemon")
    fi
  done
  if ((${#runs[@]} == 0)); then
    rm -f "$dir"/pids/*
    echo "No cluster runs in $dir."
    return
  fi
  # workers first: they end their executors and drivers
  local workers_first=() others=()
  for daemon in "${runs[@]}"; do
    if [[ $daemon == worker-* ]]; then
      workers_first+=("$daemon")
    else
      others+=("$daemon")
    fi
  done
  end ${workers_first[@]+"${workers_first[@]}"}
  end ${others[@]+"${others[@]}"}
  rm -f "$dir"/pids/*
  # what killed executors and ended daemons have left
  rm -rf "$dir/scratch"
  echo "Ended: ${runs[*]}"
  echo "The files in HDFS stay in $dir/hdfs."
}
