# Finding a Python; sourced by who needs one, after console.sh.
source "$root/eng/servers/packages.sh"

# need_python "MODULE, MODULE" PACKAGE...: the path of a python3 that has the modules; Debian's is given them by the packages otherwise.
# Whoever is first in the path may be one that Debian's packages do not reach.
need_python() {
  local modules=$1
  shift
  python_with "$modules" && return
  need_packages "A python3 with $modules" python3 "$@" >&2
  python_with "$modules" || fail "no python3 has $modules"
}

python_with() {
  local python
  for python in python3 /usr/bin/python3; do
    "$python" -W ignore -c "import $1" 2>/dev/null && echo "$python" && return
  done
  return 1
}
