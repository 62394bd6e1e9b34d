# Finding and ending what a run of tests leaves behind; sourced by eng/verbs/test.sh.

# leftovers FOLDER: the pids of all processes that work in a folder, or were told of it by their arguments or environment. A run has a
# folder for temporary files of its own, so that this finds servers, too, which have left its session and closed its files.
leftovers() {
  local process
  for process in /proc/[0-9]*; do
    [[ ${process#/proc/} != "$$" && ${process#/proc/} != "$BASHPID" ]] || continue
    [[ $(readlink "$process/cwd" 2>/dev/null) == "$1"* ]] || grep -qsF "$1" "$process/cmdline" "$process/environ" 2>/dev/null || continue
    echo "${process#/proc/}"
  done
}

# end_leftovers FOLDER SECONDS: waits so long for them to end by themselves, asks them, and ends them. Prints how many had to be asked.
end_leftovers() {
  local deadline=$((SECONDS + $2)) asked=0 pids
  while pids=$(leftovers "$1") && [[ $pids ]] && ((SECONDS < deadline)); do sleep 0.5; done
  [[ $pids ]] || return 0
  asked=$(wc -w <<<"$pids")
  kill -TERM $pids 2>/dev/null || true
  deadline=$((SECONDS + 10))
  while pids=$(leftovers "$1") && [[ $pids ]] && ((SECONDS < deadline)); do sleep 0.5; done
  [[ ! $pids ]] || kill -KILL $pids 2>/dev/null || true
  echo "$asked"
}
