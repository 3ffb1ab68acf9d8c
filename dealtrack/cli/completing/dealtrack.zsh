#compdef dealtrack
# Completes dealtrack's commands, flags and values in zsh. In ~/.zshrc: eval "$(dealtrack completion zsh)"
_dealtrack() {
    local -a lines values shown how
    lines=("${(@f)$(COLUMNS=$COLUMNS command PROGRAM completion zsh -- \
        "${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX" 2>/dev/null </dev/null)}")
    case $lines[1] in
        files)
            compset -P '--*='
            _files
            return ;;
        open) how=(-S '') ;;
        other) how=(-U) ;;
    esac
    shift lines
    (( $#lines )) || return 1
    values=("${(@)lines%%$'\t'*}")
    shown=("${(@)lines#*$'\t'}")
    [[ "${(j::)shown}" == *'  '* ]] && how+=(-l)
    compadd "${(@)how}" -V dealtrack -d shown -a -- values
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _dealtrack "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
    compdef _dealtrack dealtrack
fi
