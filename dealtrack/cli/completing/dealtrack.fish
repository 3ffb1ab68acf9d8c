# Completes dealtrack's commands, flags and values in fish. In ~/.config/fish/config.fish: dealtrack completion fish | source
function __dealtrack_complete
    set -l line (commandline -cp | string collect)
    set -l found (command PROGRAM completion fish -- "$line" 2>/dev/null </dev/null)
    if test "$found[1]" = files
        set -l word (commandline -ct)
        set -l flag (string match -r -- '^--[a-z-]+=' $word)
        for path in (__fish_complete_path (string replace -- "$flag" '' $word))
            printf '%s\n' "$flag$path"
        end
    else
        printf '%s\n' $found[2..-1]
    end
end
complete -c dealtrack -f -k -a '(__dealtrack_complete)'
