touched() {
  cat "@@WRITE_LOGS@@$1" 2>/dev/null |
    awk -v since="$2" -v time="$(stat -c %.9Z "$1" 2>/dev/null || echo 0)" -v by=" @@WRITERS@@ " '
      { last = $1; if ($1 + 0 >= since && index(by, " " $2 " ")) found = 1 }
      END { exit !(found || (time + 0 >= since && time "" != last "")) }'
}
