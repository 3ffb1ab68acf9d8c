# Completes dealtrack's commands, flags and values in bash. In ~/.bashrc: eval "$(dealtrack completion bash)"
_dealtrack() {
    local line how=''
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $how ]]; then
            how=$line
        else
            COMPREPLY+=("$line")
        fi
    done < <(COLUMNS=$COLUMNS command PROGRAM completion bash -- \
        "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" "$COMP_TYPE" 2>/dev/null </dev/null)
    case $how in
        open) compopt -o nospace ;;
        files) compopt -o default ;;
    esac 2>/dev/null
}
complete -o nosort -F _dealtrack dealtrack 2>/dev/null || complete -F _dealtrack dealtrack
