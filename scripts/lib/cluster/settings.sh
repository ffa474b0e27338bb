# What the cluster in a folder is made of: defaults, the file "settings" of its last start, what the
# command line gives. Each setting is a variable.

readonly SETTINGS=(
  workers cores memory hdfs_port hdfs_web_port spark_port spark_web_port
)

default_settings() {
  workers=2
  cores=2
  memory=3g
  hdfs_port=8020
  hdfs_web_port=9870
  spark_port=7077
  spark_web_port=8080
}

check_setting() {
  local name=$1 value=$2
  case $name in
    workers | cores)
      [[ $value =~ ^[1-9][0-9]{0,2}$ ]] ||
        usage "--$name must be a number from 1 to 999; got '$value'"
      ;;
    memory)
      [[ $value =~ ^[1-9][0-9]{0,6}[mg]$ ]] ||
        usage "--memory must be a number of megabytes or gigabytes, such as 3g; got '$value'"
      ;;
    hdfs_port | hdfs_web_port | spark_port | spark_web_port)
      if [[ ! $value =~ ^[1-9][0-9]{0,4}$ ]] || ((value > 65535)); then
        usage "--${name//_/-} must be a port from 1 to 65535; got '$value'"
      fi
      ;;
    *) fail "$dir/settings has an unknown line, '$name=$value': remove it." ;;
  esac
}

set_setting() {
  check_setting "$1" "$2"
  printf -v "$1" '%s' "$2"
}

read_settings() {
  default_settings
  if [[ -f $dir/settings ]]; then
    local name value
    while IFS='=' read -r name value; do
      set_setting "$name" "$value"
    done <"$dir/settings"
  fi
  set_addresses
}

# The settings of the command line, in place of those of the last start.
apply_given() {
  local setting
  for setting in ${given[@]+"${given[@]}"}; do
    set_setting "${setting%%=*}" "${setting#*=}"
  done
  set_addresses
}

# Whether the command line gives nothing else than what is set.
given_agrees() {
  local setting name
  for setting in ${given[@]+"${given[@]}"}; do
    name=${setting%%=*}
    [[ ${setting#*=} == "${!name}" ]] || return 1
  done
}

write_settings() {
  local name
  for name in "${SETTINGS[@]}"; do
    printf '%s=%s\n' "$name" "${!name}"
  done >"$dir/settings.new"
  mv "$dir/settings.new" "$dir/settings"
}

set_addresses() {
  hdfs=hdfs://127.0.0.1:$hdfs_port
  master=spark://127.0.0.1:$spark_port
}
