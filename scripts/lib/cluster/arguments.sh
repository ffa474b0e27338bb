# The words behind the command.

usage() {
  fail "$1; scripts/cluster --help tells the options." 2
}

# Sets dir, given (the settings that are named, as NAME=VALUE) and rest (what follows the options).
read_arguments() {
  given=()
  dir=$home/runs/cluster
  dir_option=
  while (($# > 0)); do
    case $1 in
      --dir=* | --workers=* | --cores=* | --memory=* | --hdfs-port=* | --hdfs-web-port=* | \
        --spark-port=* | --spark-web-port=*)
        set -- "${1%%=*}" "${1#*=}" "${@:2}"
        ;;
    esac
    case $1 in
      --dir)
        [[ -n ${2:-} ]] || usage "--dir needs a folder"
        dir=$2
        dir_option=" --dir $2"
        ;;
      --workers | --cores | --memory | --hdfs-port | --hdfs-web-port | --spark-port | \
        --spark-web-port)
        [[ $command == start ]] || break
        (($# > 1)) || usage "$1 needs a value"
        local name=${1#--}
        name=${name//-/_}
        check_setting "$name" "$2"
        given+=("$name=$2")
        ;;
      *) break ;;
    esac
    shift 2
  done
  rest=("$@")
  case $command in
    start | status | stop)
      (($# == 0)) || usage "scripts/cluster $command does not know '$1'"
      ;;
  esac
}

# Makes dir absolute, and the folder where a cluster is to be started.
find_folder() {
  if [[ $command == start ]]; then
    mkdir -p "$dir/logs" || fail "$dir cannot be written: name another folder by --dir."
  fi
  if [[ -d $dir ]]; then
    dir=$(cd -P "$dir" && pwd)
  elif [[ $dir != /* ]]; then
    dir=$PWD/$dir
  fi
}

# One at a time in a folder. Without flock (macOS) nobody waits.
lock() {
  exec 9>"$dir/lock"
  if command -v flock >/dev/null; then
    flock -n 9 || fail "another scripts/cluster is at work in $dir: wait for it."
  fi
}
