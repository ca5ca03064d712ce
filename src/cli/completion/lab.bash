# Completes `lab` in bash: . <(lab completion bash)
__lab_complete() {
  local line=${COMP_LINE:0:COMP_POINT} breaks value directive=
  local -a words
  # Words are separated by blanks alone: bash also splits at `@` and `=`.
  read -ra words <<<"$line"
  if [[ $line == *[[:space:]] ]]; then words+=(""); fi
  local current=${words[-1]}
  # bash replaces what comes after the last of these characters; of `@` it replaces the character too.
  breaks=${COMP_WORDBREAKS//[[:space:]]/}
  local kept=${current%"${current##*[$breaks]}"}
  kept=${kept%@}
  COMPREPLY=()
  while IFS=$'\t' read -r value _; do
    case $value in
      :*) directive=$value ;;
      *) COMPREPLY+=("${value#"$kept"}") ;;
    esac
  done < <(@@LAB@@ complete -- "${words[@]:1}" 2>/dev/null </dev/null)
  if [[ $directive == :0 ]]; then compopt -o default; fi
}
complete -F __lab_complete lab
