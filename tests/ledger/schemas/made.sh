# What was typed to make the ledgers in this folder, by the dealtrack of each schema; DEALTRACK_LEDGER names the file.
set -eu
dealtrack company add "Stoke Space" --country US --sector launch --note "a maker of rockets" --create
dealtrack company alias stoke-space "Stoke Space Technologies" --kind legal
dealtrack add -k equity-stake --form controlling-stake --sector launch --tag ai,rumor --note "how it began" --new-company \
  --investor OpenAI --target "Stoke Space" --principal "Sam Altman" --status talks --on "summer 2025" \
  --summary "Altman approaches Stoke Space" --source https://example.com/bs --publisher "Business Standard" \
  --published 2025-12-04 --via "The Wall Street Journal" --reliability B
dealtrack update stoke --status proposed --on "autumn 2025" --value "billions of dollars over time" \
  --stake "controlling stake" --source https://example.com/et --reliability C
dealtrack update stoke --status stalled --on 2025-12-03 --source https://example.com/bs
dealtrack update stoke --status talks --on 2025-12-03 --credibility 4 --source "TRT World, in words"
dealtrack add -k acquisition --new-company --buyer "Rocket Lab" --target Geost --status agreed --on 2025-05-27 \
  --value 275M --stake 100 --expected "H2 2025" --source https://example.com/pr
dealtrack update geost --status completed --on 2025-08-12 --value "EUR 240M"
dealtrack edit geost --pin value:1 --event 1 --value 270M..275M
dealtrack add -k partnership --partner SES --partner "Stoke Space" --new-company --status agreed --on 2025 --value "JPY 5bn"
dealtrack update ses --on 2025-11 --milestone statement --summary "a mistake"
dealtrack undo
dealtrack add -k acquisition --buyer SES --target Geost --status rumored --on 2024~
dealtrack rm 4
dealtrack rm geost --event 2
dealtrack undo
