# What the ports and pages of this machine answer.

is_taken() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# require_free_ports DAEMON SETTING...: where the daemon does not run, nobody has its ports.
require_free_ports() {
  local daemon=$1 name
  shift
  pid_of "$daemon" >/dev/null && return
  for name in "$@"; do
    is_taken "${!name}" || continue
    fail "port ${!name} of 127.0.0.1 is taken by another process: stop that, or choose another by\
 --${name//_/-}."
  done
}

# The page of a port, or nothing.
page() {
  {
    exec 3<>"/dev/tcp/127.0.0.1/$1" || return 0
    printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$2" >&3
    local line
    while IFS= read -r -t 5 line <&3 || [[ -n $line ]]; do
      printf '%s\n' "$line"
    done
    exec 3<&-
  } 2>/dev/null
}

# What lies between two texts of a page, where it is there.
between() {
  sed -n "s|.*$1\([^,\"]*\)$2.*|\1|p" | head -n 1
}
